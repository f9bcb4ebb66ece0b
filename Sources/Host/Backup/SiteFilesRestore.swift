import Foundation
import Glibc

/// Puts the site file of a backup, and the profiles that lay beside it, back; a file that is there and differs is kept
/// under another name.
struct SiteFilesRestore {
    private let source: String
    private let siteFile: String
    private let target: String
    private let stamp: String

    /// From the unpacked `source` folder, in which `siteFile` is the site file, to the path `target`.
    init(_ source: String, siteFile: String, to target: String, stamp: String) {
        self.source = source
        self.siteFile = siteFile
        self.target = URL(fileURLWithPath: target).standardizedFileURL.path
        self.stamp = stamp
    }

    /// Writes all files; returns their paths.
    func run() throws(BackupError) -> [String] {
        let base = (target as NSString).deletingLastPathComponent
        var written: [String] = []
        for name in try DataFiles.names(in: source) {
            let place = name == siteFile ? target : base + "/" + name
            guard let data = FileManager.default.contents(atPath: source + "/" + name) else {
                throw .file(source + "/" + name, why: "it cannot be read")
            }
            if let present = FileManager.default.contents(atPath: place) {
                if present == data { continue }
                guard link(place, place + ".kept-" + stamp) == 0 else {
                    throw .file(place, why: "it cannot be kept aside: " + String(cString: strerror(errno)))
                }
            }
            try write(data, to: place, base)
            written.append(place)
        }
        return written
    }

    private func write(_ data: Data, to place: String, _ base: String) throws(BackupError) {
        let folder = (place as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let partial = place + ".new-" + stamp
            try data.write(to: URL(fileURLWithPath: partial))
            // The service reads it as a member of the folder's group.
            chmod(partial, 0o640)
            Ownership.give(partial, like: base)
            guard rename(partial, place) == 0 else {
                throw BackupError.file(place, why: String(cString: strerror(errno)))
            }
            FolderSync.sync(folder)
        } catch let error as BackupError {
            throw error
        } catch {
            throw .file(place, why: error.localizedDescription)
        }
    }
}
