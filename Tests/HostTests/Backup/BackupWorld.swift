import Foundation
import Storage

@testable import Host

/// A data folder with a database, a recording and a site file, and room for backups.
final class BackupWorld {
    let root: String
    var data: String { root + "/data" }
    var site: String { root + "/etc/site.yaml" }
    var file: String { root + "/backup.tar" }

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("b-" + UUID().uuidString.prefix(8)).path
        for folder in ["/data/recordings", "/etc/profiles"] {
            try FileManager.default.createDirectory(atPath: root + folder, withIntermediateDirectories: true)
        }
        try put("recorded", "/data/recordings/recording-000001.rec")
        try put("schema: site/1\nname: Kept\nsupply: {limit: 32 A}\nprofiles: [./profiles]\n", "/etc/site.yaml")
        try put("schema: profile/1\n", "/etc/profiles/own.box.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func put(_ text: String, _ path: String) throws {
        try text.write(toFile: root + path, atomically: true, encoding: .utf8)
    }

    func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: root + path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Opens the database for a moment.
    func storage<Result>(_ body: (SiteStorage) async throws -> Result) async throws -> Result {
        let storage = try await SiteStorage(path: data + "/chargehost.sqlite")
        let result = try await body(storage)
        await storage.close()
        return result
    }

    /// Stores a setting, and what the box `a` was told.
    func store(_ setting: String, told: String) async throws {
        try await storage { storage in
            try await storage.setSetting("hand", to: setting)
            try await storage.storeTold(device: "a", state: Array(told.utf8))
        }
    }

    /// The setting and what the box `a` was told.
    func stored() async throws -> (setting: String?, told: String?) {
        try await storage { storage in
            let told = try await storage.toldRecord(device: "a")?.state
            return (try await storage.setting("hand"), told.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    /// The names in the data folder, without the lock and what belongs to a database that is open.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: data).filter {
            $0 != "lock" && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }.sorted()
    }

    /// A system's own program, run to its end.
    func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        defer { try? pipe.fileHandleForReading.close() }
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
