import Foundation
import Glibc

/// The folder that holds a site's database, lock and control socket; locked by the running host.
public final class DataFolder: Sendable {
    /// Its path.
    public let path: String
    /// Where the data are that a restored backup replaced when the folder was opened; nil if none did.
    public let kept: String?
    private let lock: Int32

    /// The SQLite file.
    public var database: String { path + "/chargehost.sqlite" }
    /// The folder of the flight recorder.
    public var recordings: String { path + "/recordings" }
    /// The folder below which drivers have their private folders; what is in it is nobody's once they have ended.
    public var driverFiles: String { path + "/driver-files" }
    /// The control socket.
    public var socket: String { path + "/control.sock" }

    /// The folder for a site: `--data`, else `$CHARGEHOST_DATA`, else `$STATE_DIRECTORY`, else below the home folder.
    public static func path(
        given: String?, site: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        for candidate in [given, environment["CHARGEHOST_DATA"], environment["STATE_DIRECTORY"]] {
            if let candidate, !candidate.isEmpty { return candidate }
        }
        let name = site.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return (environment["HOME"] ?? ".") + "/.local/share/chargehost/" + String(name)
    }

    /// Creates the folder where needed, takes its lock, and puts a restored backup in place that waits in it.
    ///
    /// Throws ``DataFolderError`` when it cannot be made, or another host holds the lock.
    public init(_ path: String) throws(DataFolderError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .notCreated(path, error.localizedDescription)
        }
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notCreated(path, String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = DataFolder.owner(descriptor)
            close(descriptor)
            throw .locked(path, owner)
        }
        ftruncate(descriptor, 0)
        let pid = Array("\(getpid())\n".utf8)
        pwrite(descriptor, pid, pid.count, 0)
        do throws(BackupError) {
            kept = try PendingRestore.finish(in: path)
        } catch {
            close(descriptor)
            throw .notRestored(path, "\(error)")
        }
        self.path = path
        lock = descriptor
    }

    deinit { close(lock) }

    /// Gives the lock back, when the host has ended and its database is closed.
    public func release() { flock(lock, LOCK_UN) }

    /// Whether a host holds the lock of the folder at `path`.
    public static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path + "/lock", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0
    }

    private static func owner(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }
}

/// Why a data folder cannot be used.
public enum DataFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder or its lock cannot be made.
    case notCreated(String, String)
    /// Another host runs on it.
    case locked(String, String)
    /// A backup that waits in it cannot be put in place.
    case notRestored(String, String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .notCreated(let path, let why):
            "the data folder \(path) cannot be used: \(why); give another one with --data"
        case .notRestored(let path, let why):
            "the backup that waits in the data folder \(path) cannot be put in place: \(why); it is tried again at the next "
                + "start, and nothing was lost"
        case .locked(let path, let pid):
            "a host\(pid.isEmpty ? "" : " (process \(pid))") already runs on the data folder \(path); stop it, or give another folder with --data"
        }
    }
}
