import DeviceProfiles
import Foundation
import Synchronization

/// The profiles the host can use: the site's own folders first, then the library that came with it.
public final class ProfileLibrary: Sendable {
    /// One file of a folder.
    public struct Entry: Hashable, Sendable {
        /// The profile's id, by its file name.
        public var id: String
        /// The file.
        public var file: String
        /// Whether it lies in a folder of the site and not in the library.
        public var isLocal: Bool
        /// Whether it was installed into the data folder.
        public var isInstalled: Bool
    }

    /// The folders: local ones first, then what was installed, then what came with the program.
    public let folders: [String]
    /// The folder of what was installed; nil where none is used.
    public let installed: String?
    private let localFolders: Int
    let hasOwnFolder: Bool
    private let cache = Mutex<[String: ProfileLoad]>([:])

    /// A library over `local` folders, the folder of `installed` profiles, and the one that came with the program.
    public init(
        local: [String] = [], installed: String? = nil, library: String? = ProfileLibrary.bundled()
    ) {
        folders = local + [installed, library].compactMap(\.self)
        self.installed = installed
        localFolders = local.count
        hasOwnFolder = library != nil
    }

    /// The folder of the library: `$CHARGEHOST_PROFILES`, else beside the program, else in the checkout above it.
    public static func bundled(
        environment: [String: String] = ProcessInfo.processInfo.environment, program: String = programPath()
    ) -> String? {
        if let given = environment["CHARGEHOST_PROFILES"], !given.isEmpty { return given }
        var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
        let shared = folder.deletingLastPathComponent().appendingPathComponent("share/chargehost/profiles").path
        if FileManager.default.fileExists(atPath: shared) { return shared }
        for _ in 0..<8 {
            let candidate = folder.appendingPathComponent("Profiles").path
            if FileManager.default.fileExists(atPath: candidate + "/schema") { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        let checkout = FileManager.default.currentDirectoryPath + "/Profiles"
        return FileManager.default.fileExists(atPath: checkout + "/schema") ? checkout : nil
    }

    /// The path of the running program.
    public static func programPath() -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// All profiles, local ones first; of two with one id the first counts. Sorted by id.
    public func entries() -> [Entry] {
        var seen: Set<String> = []
        var result: [Entry] = []
        for (position, folder) in folders.enumerated() {
            for file in ProfileLibrary.files(in: folder) {
                let id = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
                guard seen.insert(id).inserted else { continue }
                result.append(
                    Entry(
                        id: id, file: file, isLocal: position < localFolders,
                        isInstalled: installed != nil && position == localFolders))
            }
        }
        return result.sorted { $0.id < $1.id }
    }

    /// Loads the profile with this id, or at this path; the same file is read once while it does not change.
    ///
    /// Throws ``LibraryError`` when there is none; what is wrong inside stands in the result's diagnostics.
    public func load(_ reference: String, relativeTo folder: String? = nil) throws(LibraryError) -> ProfileLoad {
        let file = try path(of: reference, relativeTo: folder)
        guard let data = FileManager.default.contents(atPath: file) else { throw .unreadable(file) }
        let key = file + "\u{0}" + String(data.count) + "\u{0}" + String(data.hashValue)
        if let known = cache.withLock({ $0[key] }) { return known }
        let load = ProfileDocument.load(Array(data), file: file)
        cache.withLock { $0[key] = load }
        return load
    }

    /// The file of a reference: a path where it holds a slash or ends in `.yaml`, else an id.
    public func path(of reference: String, relativeTo folder: String? = nil) throws(LibraryError) -> String {
        if reference.contains("/") || reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") {
            let base = folder ?? FileManager.default.currentDirectoryPath
            let file = reference.hasPrefix("/") ? reference : base + "/" + reference
            if FileManager.default.fileExists(atPath: file) { return file }
            throw .noFile(reference, base)
        }
        let all = entries()
        if let entry = all.first(where: { $0.id == reference }) { return entry.file }
        throw .unknown(reference, known: all.map(\.id), folders: folders)
    }

    private static func files(in folder: String) -> [String] {
        // A folder may be a symbolic link, which an enumerator does not follow.
        let folder = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
        return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
            .map { folder + "/" + $0 }
    }
}

extension ProfileLibrary {
    /// The library of a site: its own folders, relative to the site file, then what was installed, then the one that came
    /// with the program.
    public convenience init(site: Site, installed: String? = nil) {
        let base = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        self.init(
            local: site.profileFolders.map { $0.hasPrefix("/") ? $0 : base + "/" + $0 }, installed: installed)
    }
}
