import Foundation
import Host

/// `backup`
enum BackupCommand: Subcommand {
    static let name = "backup"
    static let summary = "the data and the site file in one file"
    static let accepted = Arguments.Accepted(values: ["data", "site"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost backup FILE [--data DIR] [--site FILE] [--json]

        Writes the data folder, the site file and its own profiles into one tar archive that only its owner can read, while
        the host runs or not. A FILE that is there is replaced once the new one is whole.

          --data DIR    the data folder; default: that of the running host
          --site FILE   the site file; default: the one that the host ran with last
          --json        what was written, as one document

        example: chargehost backup /var/backups/chargehost.tar
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let folder = try DataFolderChoice.folder(arguments)
        do throws(BackupError) {
            let backup = Backup(of: folder, siteFile: arguments.value("site"))
            let outcome = try backup.write(to: arguments.positionals[0])
            for remark in outcome.remarks { Console.error(remark) }
            if arguments.flags.contains("json") {
                do { try Console.json(outcome) } catch { throw .file(outcome.file, why: "\(error)") }
            } else {
                Console.out("\(outcome.file): \(outcome.files.count) files, \(outcome.bytes) bytes of \(folder)")
            }
            return .fine
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// The status that goes with a backup's error.
    init(_ error: BackupError) {
        switch error {
        case .noData, .insideData: self.init(.usage, error.description)
        case .newer: self.init(.refused, error.description)
        case .file, .damaged, .database: self.init(.fallsShort, error.description)
        }
    }
}
