import DeviceProfiles
import Foundation

/// The library's profiles, found beside the sources.
enum ProfileFolder {
    /// The folder: `$CHARGEHOST_PROFILES`, else `Profiles` of the checkout that this was built in.
    static var path: URL {
        if let given = ProcessInfo.processInfo.environment["CHARGEHOST_PROFILES"] { return URL(filePath: given) }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Profiles")
    }

    /// All profiles: file name and text, in the order of their names.
    static func all() throws -> [(file: String, text: String)] {
        let files = FileManager.default.enumerator(at: path, includingPropertiesForKeys: nil)?.allObjects ?? []
        let profiles = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" }
        guard !profiles.isEmpty else { throw BenchmarkFailure("there are no profiles in \(path.path())") }
        return try profiles.sorted { $0.path() < $1.path() }.map {
            ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
        }
    }

    /// The profile of one file.
    static func document(_ file: String) throws -> ProfileDocument {
        guard let found = try all().first(where: { $0.file == file }) else {
            throw BenchmarkFailure("there is no \(file) in \(path.path())")
        }
        let load = ProfileDocument.load(Array(found.text.utf8), file: file)
        guard let document = load.document else { throw BenchmarkFailure("\(load.errors.map(\.description))") }
        return document
    }
}
