import DeviceProfiles
import Foundation
import Host

/// The profiles a command was asked about: by id, by file, by folder, or all of the library.
enum ProfileFiles {
    /// One profile and where it stands.
    struct Loaded {
        var file: String
        var load: ProfileLoad
    }

    static func load(_ references: [String], library: ProfileLibrary) throws -> [Loaded] {
        if references.isEmpty { return try library.entries().map { try load($0.file, library) } }
        return try references.flatMap { reference -> [Loaded] in
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: reference, isDirectory: &isFolder), isFolder.boolValue {
                return try ProfileLibrary(local: [reference], library: nil).entries().map { try load($0.file, library) }
            }
            return [try load(reference, library)]
        }
    }

    /// The one profile of `reference`; its errors are printed and end the command.
    static func document(_ reference: String, library: ProfileLibrary) throws -> ProfileDocument {
        let loaded = try load(reference, library)
        let errors = loaded.load.diagnostics.filter { $0.severity == .error }
        for diagnostic in errors { Console.error(diagnostic.description) }
        guard let document = loaded.load.document, errors.isEmpty else {
            throw CommandFailure(.fallsShort, "profile \(reference) has \(errors.count) errors")
        }
        return document
    }

    private static func load(_ reference: String, _ library: ProfileLibrary) throws -> Loaded {
        do {
            return Loaded(file: try library.path(of: reference), load: try library.load(reference))
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
    }
}
