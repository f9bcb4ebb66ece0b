import DriverAPI
import Foundation
import YAML

/// One driver as it was found in a folder: its manifest, or why it cannot be used.
public struct DriverFolder: Sendable {
    /// The folder of the driver.
    public let path: String
    /// The name of the driver as far as it can be read, else that of the folder.
    public let name: String
    /// The manifest; nil when there are problems.
    public let manifest: DriverManifest?
    /// What is wrong: `file:line:column code text`, or a sentence of what is missing.
    public let problems: [String]

    /// Reads the manifest in a folder and looks whether its program is there.
    public init(_ path: String) {
        self.path = path
        let file = path + "/driver.yaml"
        guard let handle = FileHandle(forReadingAtPath: file),
            let bytes = try? handle.read(upToCount: YAMLReader.maximumBytes + 1)
        else {
            manifest = nil
            name = Self.last(path)
            problems = ["\(file) cannot be read"]
            return
        }
        var reader = ManifestReader()
        let read = reader.read(Array(bytes), folder: path)
        var problems = reader.problems.map { "\(file):\($0)" }
        if let read {
            if read.api != DriverManifest.api {
                problems.append(
                    "\(file): the driver \(read.name) speaks version \(read.api) of the protocol, this host version "
                        + "\(DriverManifest.api); install a version of the driver that fits")
            } else if read.executable == nil {
                problems.append(
                    "\(file): the program \(read.program[0]) of the driver \(read.name) is not there or may not be run")
            }
        }
        manifest = problems.isEmpty ? read : nil
        name = read?.name ?? Self.last(path)
        self.problems = problems
    }

    /// The drivers in `folders`: every subfolder with a `driver.yaml`, in alphabetical order, and a folder that is one
    /// itself. Of two with one name the first is taken, and the second has a problem.
    public static func all(in folders: [String]) -> [DriverFolder] {
        var seen: [String: String] = [:]
        return folders.flatMap { folder -> [String] in
            let files = FileManager.default
            if files.fileExists(atPath: folder + "/driver.yaml") { return [folder] }
            return ((try? files.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { "\(folder)/\($0)" }
                .filter { files.fileExists(atPath: $0 + "/driver.yaml") }
        }.map { path in
            let found = DriverFolder(path)
            guard let name = found.manifest?.name else { return found }
            if let first = seen[name] {
                return DriverFolder(
                    path, name, problem: "\(path)/driver.yaml: there is a driver \(name) in \(first) already")
            }
            seen[name] = path
            return found
        }
    }

    private static func last(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private init(_ path: String, _ name: String, problem: String) {
        self.path = path
        self.name = name
        manifest = nil
        problems = [problem]
    }
}

extension DriverManifest {
    /// The path of the program; nil when it is not there or may not be run.
    var executable: String? {
        guard let first = program.first else { return nil }
        let candidates =
            first.contains("/")
            ? [first.hasPrefix("/") ? first : folder + "/" + first]
            : DriverEnvironment.path.split(separator: ":").map { "\($0)/\(first)" }
        return candidates.first { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
                && FileManager.default.isExecutableFile(atPath: path)
        }
    }
}
