import DriverAPI
import DriverPrograms
import Foundation
import Synchronization
import Testing

@testable import Host

/// A whole host, by the clock of this machine, with driver programs in a folder of its own.
final class DriverBench: Sendable {
    /// How long anything may take on a loaded machine.
    static let patience = Duration.seconds(60)
    private static let peer = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../DriverProgramsTests/Peers/peer.py").standardized.path

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("d-" + UUID().uuidString.prefix(8))
    let host: SiteHost
    let site: Site
    private let lines = Lines()

    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    /// A host with the drivers of `behaviours` by their names, and a box with a car at each, in alphabetical order.
    init(
        _ behaviours: [String: String], boxes: [String]? = nil, licensing: LicenceRules? = nil,
        trusting: TrustRules? = nil, timing: DriverTiming = .hosted, options: [String: String] = [:]
    ) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, behaviour) in behaviours { try Self.write(name, behaviour, in: folder) }
        let names = boxes ?? behaviours.keys.sorted()
        var site = Self.site(names.map { ($0, $0) }, folder)
        for place in site.devices.indices { site.devices[place].options = options }
        self.site = site
        let lines = lines
        host = try await SiteHost(
            site, data: folder.appendingPathComponent("data").path, library: ProfileLibrary(local: [], library: nil),
            log: HostLog { line in lines.all.withLock { $0.append(line) } }, licensing: licensing, trusting: trusting,
            programs: timing)
        try await host.start(every: .milliseconds(200))
    }

    /// A site with a box of each of these drivers.
    static func site(_ boxes: [(id: String, driver: String)], _ folder: URL) -> Site {
        Site(
            name: "test", supply: SiteCircuit(id: "supply", limit: [200, 200, 200]),
            devices: boxes.map { SiteDevice(id: $0.id, profile: $0.driver, driver: $0.driver, address: "here") },
            driverFolders: ["drivers"], file: folder.appendingPathComponent("site.yaml").path)
    }

    /// Writes a driver that behaves as told, by a program of the tests.
    static func write(
        _ name: String, _ behaviour: String, version: String = "1.0.0", says: String? = nil, more: String = "",
        in folder: URL
    ) throws {
        let place = folder.appendingPathComponent("drivers/\(name)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let text = """
            api: 1
            name: \(name)
            version: \(version)
            program: [python3, "\(peer)", \(behaviour), \(says ?? version), \(name)]
            classes: [wallbox]
            options: {phases: {type: integer, default: 3}, rated_current: {type: number}}
            memory: 64
            \(more)

            """
        try text.write(to: place.appendingPathComponent("driver.yaml"), atomically: true, encoding: .utf8)
    }

    var log: [String] { lines.all.withLock { $0 } }

    /// How the site shows a box.
    func shown(_ id: String) async -> SiteStatus.Box? { await host.status()?.boxes.first { $0.id == id } }

    /// The process of a driver; nil while it does not run.
    func pid(_ name: String) -> Int32? { host.drivers.pid(name) }

    /// Waits until `condition` holds; throws where it does not.
    func wait(_ what: String, _ condition: () async -> Bool) async throws {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            if await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Late(what: what, log: log.suffix(20))
    }

    /// Waits until a box is told all it can take.
    func charges(_ id: String) async throws {
        try await wait("\(id) is told 16 A") { await shown(id).map { $0.link == "online" && $0.told_a == 16 } ?? false }
    }

    /// Something did not happen.
    struct Late: Error {
        let what: String
        let log: ArraySlice<String>
    }

    func end() async {
        await host.stop(.leave)
        try? FileManager.default.removeItem(at: folder)
    }
}

extension DriverTiming {
    /// Times that a test can wait for.
    static var hosted: DriverTiming {
        var timing = DriverTiming()
        timing.firstWait = .milliseconds(200)
        return timing
    }
}
