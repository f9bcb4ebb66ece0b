import Foundation
import Glibc
import Storage

/// A backup that was unpacked and examined, on its way into a data folder.
///
/// It goes in three steps, each of which may be repeated after the process was killed in the midst of it: what no backup
/// can know is carried over (`restore-pending-…`), the present data are put aside into `kept-…` (`restore-carried-…`), and
/// the restored data take their place (`restore-ready-…`). Whoever holds the folder's lock does it, before any file is
/// opened.
enum PendingRestore {
    private static let database = "chargehost.sqlite"
    private static let steps = ["restore-pending-", "restore-carried-", "restore-ready-"]
    /// What a restore that was killed left behind is removed after so many seconds.
    private static let stale = 3600.0

    /// Hands `data`, a folder on the same disk, over to whoever opens the folder next; an older one is given up.
    static func propose(_ data: String, in folder: String, stamp: String) throws(BackupError) {
        for name in try entries(folder) where name.hasPrefix(steps[0]) {
            try? FileManager.default.removeItem(atPath: folder + "/" + name)
        }
        try move(data, to: folder + "/" + steps[0] + stamp)
        FolderSync.sync(folder)
    }

    /// Does what is left to do. Returns where the former data are kept; nil where nothing was pending.
    ///
    /// Throws ``BackupError``; the next call goes on.
    @discardableResult
    static func finish(in folder: String) throws(BackupError) -> String? {
        removeStale(in: folder)
        var kept: String?
        for (step, prefix) in steps.enumerated() {
            for name in try entries(folder) where name.hasPrefix(prefix) {
                let stamp = String(name.dropFirst(prefix.count))
                let place = folder + "/" + name
                kept = folder + "/kept-" + stamp
                switch step {
                case 0: try carryOver(folder, place)
                case 1: try putAside(folder, folder + "/kept-" + stamp)
                default:
                    try takeIn(place, folder)
                    continue
                }
                try move(place, to: folder + "/" + steps[step + 1] + stamp)
                FolderSync.sync(folder)
            }
        }
        return kept
    }

    private static func carryOver(_ folder: String, _ place: String) throws(BackupError) {
        let present = folder + "/" + database
        let restored = place + "/" + database
        guard FileManager.default.fileExists(atPath: restored) else { return }
        let isThere = FileManager.default.fileExists(atPath: present)
        do {
            try SiteStorage.carryOver(from: isThere ? present : nil, into: restored)
        } catch {
            throw .database(restored, why: "\(error)")
        }
    }

    private static func putAside(_ folder: String, _ kept: String) throws(BackupError) {
        guard mkdir(kept, 0o700) == 0 || errno == EEXIST else {
            throw .file(kept, why: String(cString: strerror(errno)))
        }
        Ownership.give(kept, like: folder)
        for name in try entries(folder) where !isFixed(name) { try move(folder + "/" + name, to: kept + "/" + name) }
        FolderSync.sync(kept)
    }

    private static func takeIn(_ place: String, _ folder: String) throws(BackupError) {
        for name in try entries(place) { try move(place + "/" + name, to: folder + "/" + name) }
        FolderSync.sync(folder)
        guard rmdir(place) == 0 else { throw .file(place, why: String(cString: strerror(errno))) }
        FolderSync.sync(folder)
    }

    /// What stays in the folder whatever data are in it.
    private static func isFixed(_ name: String) -> Bool {
        name == "lock" || name == "control.sock" || name.hasPrefix("kept-") || name.hasPrefix("restore-")
    }

    private static func removeStale(in folder: String) {
        for name in (try? entries(folder)) ?? [] where name.hasPrefix("restore-partial-") {
            let place = folder + "/" + name
            var state = stat()
            guard stat(place, &state) == 0, Date().timeIntervalSince1970 - Double(state.st_mtim.tv_sec) > stale else {
                continue
            }
            try? FileManager.default.removeItem(atPath: place)
        }
    }

    private static func entries(_ folder: String) throws(BackupError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw .file(folder, why: error.localizedDescription)
        }
    }

    private static func move(_ from: String, to: String) throws(BackupError) {
        guard rename(from, to) == 0 else { throw .file(from, why: String(cString: strerror(errno))) }
    }
}

/// Who owns what root puts into a folder of another user.
enum Ownership {
    /// Gives a file or folder, with all that is in it, to the owner of `model`. Only root can, and only root must.
    static func give(_ path: String, like model: String) {
        var state = stat()
        guard geteuid() == 0, stat(model, &state) == 0, state.st_uid != 0 || state.st_gid != 0 else { return }
        lchown(path, state.st_uid, state.st_gid)
        guard let walk = FileManager.default.enumerator(atPath: path) else { return }
        while let name = walk.nextObject() as? String { lchown(path + "/" + name, state.st_uid, state.st_gid) }
    }
}
