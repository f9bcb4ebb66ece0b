import DeviceProfiles
import Foundation
import Testing

@testable import ProfileTesting

/// The profiles that come with the project.
enum Library {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Profiles")
        .resolvingSymlinksInPath()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }

    static func document(_ text: String, file: String) throws -> ProfileDocument {
        let load = ProfileDocument.load(Array(text.utf8), file: file)
        return try #require(load.document, "\(load.errors.map(\.description).joined(separator: "\n"))")
    }

    static func document(_ path: String) throws -> ProfileDocument { try document(try text(path), file: path) }

    /// Every profile, by path.
    static var paths: [String] {
        let walk = FileManager.default.enumerator(atPath: folder.path)
        return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }
}
