/// Why a backup cannot be made or put back. Nothing was changed.
public enum BackupError: Error, Hashable, Sendable {
    /// The folder has no data.
    case noData(String)
    /// The backup would be part of itself.
    case insideData(String)
    /// The file cannot be read or written.
    case file(String, why: String)
    /// It is no backup, or a damaged one: where.
    case damaged(String, why: String)
    /// Made by a newer version.
    case newer(String, version: String)
    /// A database in it cannot be used.
    case database(String, why: String)
}

extension BackupError: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch self {
        case .noData(let folder): "\(folder) has no data of a host; name its folder with --data"
        case .insideData(let file): "\(file) lies in the data folder; put the backup elsewhere, best on another disk"
        case .file(let file, let why): "\(file): \(why)"
        case .damaged(let file, let why): "\(file) is no whole backup: \(why); nothing was changed, take another backup"
        case .newer(let file, let version):
            "\(file) was made by chargehost \(version), which is newer than this one; install that version first; "
                + "nothing was changed"
        case .database(let file, let why): "\(file) cannot be put back: \(why); nothing was changed"
        }
    }
}
