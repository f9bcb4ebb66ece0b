import Foundation
import Glibc
import Storage

/// Puts a backup back: unpacks and examines it first, keeps what was there, and takes over what no backup can know.
///
/// A running host goes on with the data that it has; the restored ones take their place when it is started next.
public struct Restore: Sendable {
    /// What was done.
    public struct Outcome: Hashable, Sendable, Encodable {
        /// The data folder.
        public var data: String
        /// The version that made the backup.
        public var made_by: String
        /// When it was made, in UTC.
        public var made_at: String
        /// Whether a host runs on the folder: then it must be started anew.
        public var waits_for_restart: Bool
        /// Where the former data are; nil while they are in use, and where there were none.
        public var kept: String?
        /// The files written for the site.
        public var site_files: [String]
        /// What was not put back.
        public var remarks: [String]
    }

    private let file: String

    /// Of the backup `file`.
    public init(_ file: String) { self.file = file }

    /// Puts the data into `folder`, and the site file to `site` where that is given.
    ///
    /// Throws ``BackupError``; then nothing was changed. A backup of a newer version is refused.
    public func run(into folder: String, site: String? = nil) async throws(BackupError) -> Outcome {
        let folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(folder, why: error.localizedDescription)
        }
        var template = Array((folder + "/restore-partial-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw .file(folder, why: String(cString: strerror(errno))) }
        let work = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: work) }

        let manifest = try BackupReader(file).unpack(into: work)
        try await examine(work + "/data")
        Ownership.give(work, like: folder)
        let stamp = Self.stamp(work)
        var remarks: [String] = []
        var written: [String] = []
        if let site, let name = manifest.site_file {
            written = try SiteFilesRestore(work + "/site", siteFile: name, to: site, stamp: stamp).run()
        } else if manifest.site_file != nil {
            remarks.append(
                "the site file of the backup was not put back; --site FILE does, and keeps the one that is there")
        } else if site != nil {
            remarks.append("the backup holds no site file")
        }
        try PendingRestore.propose(work + "/data", in: folder, stamp: stamp)
        let kept = try Self.takeIn(folder)
        return Outcome(
            data: folder, made_by: manifest.chargehost, made_at: manifest.made_at, waits_for_restart: kept == nil,
            kept: kept, site_files: written, remarks: remarks)
    }

    /// Opens the databases as the host would, and brings them up to date: what cannot be used must not be put back.
    private func examine(_ data: String) async throws(BackupError) {
        let names = FileManager.default.fileExists(atPath: data) ? try DataFiles.names(in: data) : []
        guard names.contains("chargehost.sqlite") else { throw .damaged(file, why: "it holds no database of a site") }
        for name in names where DataFiles.isDatabase(data + "/" + name) || name == "chargehost.sqlite" {
            do {
                if name == "chargehost.sqlite" {
                    await (try SiteStorage(path: data + "/" + name)).close()
                } else {
                    try DatabaseCopy.check(data + "/" + name)
                }
            } catch {
                throw .database(file, why: "\(error)")
            }
        }
    }

    /// Puts it in place where no host runs; nil where one does, which will when it is started next.
    private static func takeIn(_ folder: String) throws(BackupError) -> String? {
        if DataFolder.isLocked(folder) { return nil }
        do {
            let open = try DataFolder(folder)
            defer { open.release() }
            Ownership.give(folder + "/lock", like: folder)
            return open.kept
        } catch .locked {
            return nil
        } catch {
            throw .file(folder, why: "\(error)")
        }
    }

    /// The moment, and what makes the folder `work` the only one of its name: two restores may come in one second.
    private static func stamp(_ work: String) -> String {
        Date().formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted)) + "-\(work.suffix(6))"
    }
}
