import Foundation
import Glibc
import Storage

/// Makes one file of a data folder, of the site file and of the site's own profiles, while the host runs or not.
///
/// A tar archive: `data/…` is the folder, `site/…` the site file with what lies beside it, and the last entry says what
/// must be there.
public struct Backup: Sendable {
    /// The setting in which a host keeps where its site file is.
    public static let siteFileKey = "site-file"

    /// What was made.
    public struct Outcome: Hashable, Sendable, Encodable {
        /// The backup.
        public var file: String
        /// Its entries, without the manifest.
        public var files: [String]
        /// How many bytes they have together.
        public var bytes: Int
        /// What could not be taken along.
        public var remarks: [String]
    }

    private let folder: String
    private let siteFile: String?

    /// A backup of the data in `folder`; `siteFile` nil: the one that the host ran with last.
    public init(of folder: String, siteFile: String? = nil) {
        self.folder = URL(fileURLWithPath: folder).standardizedFileURL.path
        self.siteFile = siteFile
    }

    /// Writes it to `file`, in place of what is there, with the rights 0600. Throws ``BackupError``.
    public func write(to file: String) throws(BackupError) -> Outcome {
        let target = URL(fileURLWithPath: file).standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: folder + "/chargehost.sqlite") else { throw .noData(folder) }
        if (target + "/").hasPrefix(folder + "/") { throw .insideData(file) }
        let work = try Self.workFolder(beside: target)
        defer { try? FileManager.default.removeItem(atPath: work) }
        var remarks: [String] = []
        let archive = try BackupFile(target, partial: work + "/backup.tar")
        for name in try DataFiles.names(in: folder) {
            var source = folder + "/" + name
            if DataFiles.isDatabase(source) {
                let copy = work + "/copy.sqlite"
                try? FileManager.default.removeItem(atPath: copy)
                do {
                    try DatabaseCopy.make(of: source, at: copy)
                } catch {
                    throw .database(source, why: "\(error)")
                }
                source = copy
            }
            try archive.add(source, as: "data/" + name)
        }
        let site = try site(work)
        for (name, source) in site.files { try archive.add(source, as: "site/" + name) }
        remarks += site.remarks
        let manifest = BackupManifest(
            made_at: Date().formatted(.iso8601), site_file: site.name, files: archive.entries)
        try archive.finish(manifest)
        return Outcome(
            file: target, files: archive.entries.map(\.name), bytes: archive.entries.reduce(0) { $0 + $1.bytes },
            remarks: remarks)
    }

    /// A folder of the backup's own on the disk that the backup goes to.
    private static func workFolder(beside target: String) throws(BackupError) -> String {
        let parent = (target as NSString).deletingLastPathComponent
        var template = Array((parent + "/.chargehost-backup-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw .file(parent, why: String(cString: strerror(errno))) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The site file and the profiles of its own folders, with their names below the site file's folder.
    private func site(
        _ work: String
    ) throws(BackupError) -> (name: String?, files: [(String, String)], remarks: [String]) {
        var known = siteFile
        if known == nil { known = try storedSiteFile(work) }
        guard let path = known else {
            return (nil, [], ["the site file is not in it, since no host ran on this data yet; give it with --site"])
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path, why: "the site file cannot be read; name it with --site")
        }
        let name = (path as NSString).lastPathComponent
        let base = (path as NSString).deletingLastPathComponent
        var files = [(name, path)]
        var remarks: [String] = []
        let (site, _) = SiteReader.read(Array(data), file: path)
        for folder in site?.profileFolders ?? [] {
            let place = URL(fileURLWithPath: folder, relativeTo: URL(fileURLWithPath: base + "/")).standardizedFileURL
                .path
            guard (place + "/").hasPrefix(base + "/") else {
                remarks.append("the profiles in \(folder) are not in it, since they lie elsewhere than the site file")
                continue
            }
            for entry in ProfileLibrary(local: [place], library: nil).entries() {
                files.append((String(entry.file.dropFirst(base.count + 1)), entry.file))
            }
        }
        let drivers = Set(site?.devices.compactMap(\.driver) ?? []).sorted()
        if !drivers.isEmpty {
            remarks.append("driver programs are not in it: \(drivers.joined(separator: ", ")); install them anew")
        }
        return (name, files, remarks)
    }

    private func storedSiteFile(_ work: String) throws(BackupError) -> String? {
        do {
            let copy = work + "/settings.sqlite"
            try DatabaseCopy.make(of: folder + "/chargehost.sqlite", at: copy)
            return try SiteStorage.setting(Self.siteFileKey, in: copy)
        } catch {
            throw .database(folder, why: "\(error)")
        }
    }
}
