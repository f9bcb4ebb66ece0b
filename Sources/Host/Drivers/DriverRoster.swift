import DriverAPI
import DriverPrograms
import Foundation

/// The driver programs in the folders of a site, as they are at one moment.
public struct DriverRoster: Sendable {
    /// The folders that were looked into.
    public let folders: [String]
    /// What was found there, also what cannot be used.
    public let found: [DriverFolder]

    /// The drivers in `folders`.
    public init(folders: [String]) {
        self.folders = folders
        found = DriverFolder.all(in: folders)
    }

    /// The drivers of a site; its folders are relative to the site file.
    public init(_ site: Site) {
        let base = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        self.init(
            folders: site.driverFolders.map { folder in
                URL(fileURLWithPath: folder.hasPrefix("/") ? folder : base + "/" + folder).standardizedFileURL.path
            })
    }

    /// What a driver says of itself; nil where there is none of this name that can be used.
    public func manifest(_ name: String) -> DriverManifest? {
        found.lazy.compactMap(\.manifest).first { $0.name == name }
    }

    /// Why there is no driver of this name, and what to do.
    public func refusal(_ name: String) -> String {
        if let broken = found.first(where: { $0.manifest == nil && $0.name == name }) {
            return "the driver \(name) cannot be used: \(broken.problems.joined(separator: "; "))"
        }
        let known = found.compactMap(\.manifest?.name)
        let places = folders.isEmpty ? "no folder" : folders.joined(separator: ", ")
        return "there is no driver \(name) in \(places)"
            + (known.isEmpty ? "; put its folder there" : "; there is \(known.joined(separator: ", "))")
    }

    /// The class of a device before its driver said so; a wallbox where nobody knows, for that is booked.
    static func deviceClass(of entry: SiteDevice, _ manifest: DriverManifest?) -> DeviceClass {
        let classes = DeviceClass.allCases.filter { manifest?.classes.contains($0) ?? false }
        if entry.role != nil { return classes.first { $0 != .wallbox } ?? .meter }
        return classes.contains(.wallbox) ? .wallbox : classes.first ?? .wallbox
    }
}
