extension StorageError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .notOpened(let path, let reason):
            "the database \(path) cannot be opened: \(reason); check the path and the rights of its folder"
        case .readOnly(let path):
            "the database \(path) cannot be written; give the host's user the right to write the file and its folder"
        case .diskFull(let path):
            "the disk of \(path) is full; nothing was stored; make room, the host goes on by itself"
        case .locked(let path):
            "another process holds the database \(path); close it, then try again"
        case .corrupted(let path, let detail):
            "the database \(path) is damaged (\(detail)) and was left untouched; stop the host, copy the whole folder, "
                + "then put back a backup or run 'sqlite3 \(path) .recover'; "
                + "without the file the host starts empty and books every box at its largest current"
        case .foreign(let path):
            "\(path) is a database of another program and was left untouched; give another data folder"
        case .newerSchema(let path, let unknown):
            "the database \(path) was written by a newer version (it has \(unknown.joined(separator: ", "))) "
                + "and was left untouched; install that version again, or put back the backup made before the update"
        case .olderSchema(let path):
            "the database \(path) was written by an older version; start the host once, which brings it up to date"
        case .migrationFailed(let path, let name, let detail):
            "the database \(path) could not be brought up to date at '\(name)': \(detail); "
                + "it is as it was before this step; go back to the version before and report this"
        case .disk(let path, let detail):
            "the disk of \(path) reports an error: \(detail); nothing was stored; check the disk"
        case .closed(let path):
            "the database \(path) is closed"
        case .statement(let path, let sql, let detail):
            "the database \(path) refused '\(sql)': \(detail)"
        case .unexpectedValue(let path, let place, let detail):
            "\(place) in the database \(path) cannot be used: \(detail)"
        case .connectorTaken(let number, let device):
            "connector \(number) belongs to the device '\(device)'; numbers are never used again, choose another one"
        case .connectorFixed(let device, let number):
            "the device '\(device)' has connector \(number), and numbers never change; "
                + "write \(number) in the site file or leave the number out"
        case .sessionRefused(let refusal):
            "no new session is begun: \(refusal)"
        case .meterBackwards(let transaction, let last, let offered):
            "the meter of transaction \(transaction) reads \(offered) Wh after \(last) Wh; "
                + "the reading was not taken, a box that has restarted is waited for"
        case .unknownTransaction(let transaction):
            "there is no transaction \(transaction); 'chargehost ocpp queue' lists those there are"
        case .transactionEnded(let transaction, let time):
            "transaction \(transaction) ended at \(time); there is nothing to close"
        case .noThread(let reason):
            "no thread could be started: \(reason); raise the limit of threads of the host's user"
        }
    }
}
