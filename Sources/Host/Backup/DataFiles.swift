import Foundation
import Glibc
import Storage

/// The files of a data folder that are data.
enum DataFiles {
    /// What lies in a data folder and is no data of the host: its lock, its socket, logs and reserve of a database,
    /// what was kept when a backup was put back, and what is about to be put back.
    static func isOwn(_ name: String) -> Bool {
        name == "lock" || name == "driver-files" || name.hasSuffix("-wal") || name.hasSuffix("-shm")
            || name.hasSuffix("-journal")
            || name.hasSuffix("-ballast") || name.hasPrefix("kept-") || name.hasPrefix("restore-")
    }

    /// The paths below `folder` of all plain files that are data, sorted. Throws ``BackupError``.
    static func names(in folder: String) throws(BackupError) -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: folder) else {
            throw .file(folder, why: "the folder cannot be read")
        }
        var names: [String] = []
        while let name = walk.nextObject() as? String {
            let isTop = !name.contains("/")
            if isTop, isOwn(name) || name == "control.sock" {
                walk.skipDescendants()
                continue
            }
            if !isTop, name.hasSuffix("-wal") || name.hasSuffix("-shm") { continue }
            var state = stat()
            if lstat(folder + "/" + name, &state) == 0, state.st_mode & S_IFMT == S_IFREG { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether a file is an SQLite database.
    static func isDatabase(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: DatabaseCopy.magic.count)).map {
            $0?.elementsEqual(DatabaseCopy.magic) ?? false
        }
            ?? false
    }
}
