import DriverAPI
import DriverPrograms
import Foundation
import Synchronization

/// A driver that is run by `Peers/peer.py` in a folder of its own, and what it wrote to the log.
final class PeerDriver: Sendable {
    let folder: String
    let driver: ProgramDriver
    let lines: LogLines

    init(
        _ behaviour: String, version: String = "1.0.0", memory: Int = 128, timing: DriverTiming = .short,
        confinement: Confinement = .found
    ) throws {
        let folder = NSTemporaryDirectory() + "chargehost-drivers-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Peers/peer.py"
        let text = """
            api: 1
            name: peer
            version: 1.0.0
            program: [python3, "\(script)", \(behaviour), \(version)]
            classes: [wallbox]
            options: {phases: {type: integer, default: 3}}
            memory: \(memory)

            """
        try text.write(toFile: folder + "/driver.yaml", atomically: true, encoding: .utf8)
        let found = DriverFolder(folder)
        guard let manifest = found.manifest else { throw DriverError.configuration(found.problems.joined()) }
        let hidden = folder + "/data"
        try FileManager.default.createDirectory(atPath: hidden, withIntermediateDirectories: true)
        try "secret".write(toFile: hidden + "/secret", atomically: true, encoding: .utf8)
        let lines = LogLines()
        self.lines = lines
        driver = ProgramDriver(
            DriverProcess(
                manifest, confinement: confinement, timing: timing, temporary: folder, hidden: hidden,
                log: { lines.add("\($0.rawValue) \($1)") }))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func open(_ id: String = "garage", address: String = "here", store: MemoryDriverStore = MemoryDriverStore())
        async throws -> Watched
    {
        let context = DriverContext(clock: SystemClock(), store: store)
        return Watched(
            try await driver.open(DeviceConfiguration(id: id, profile: "peer", address: address), context: context))
    }

    func stop() async { await driver.process.stop() }
}

extension DriverTiming {
    /// Times that a test can wait for, long enough for a loaded machine.
    static var short: DriverTiming {
        var timing = DriverTiming()
        timing.firstWait = .milliseconds(200)
        return timing
    }
}

/// Lines of a log.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }

    /// The first line with this text, waited for at most a minute.
    func first(with text: String) async -> String? {
        await eventually { self.all.first { $0.contains(text) } }
    }
}

/// A device and all it reported.
final class Watched: Sendable {
    let device: any Device
    private let updates = Mutex<[DeviceUpdate]>([])
    private let isOver = Mutex(false)

    init(_ device: any Device) {
        self.device = device
        let stream = device.updates
        Task { [weak self] in
            for await update in stream { self?.updates.withLock { $0.append(update) } }
            self?.isOver.withLock { $0 = true }
        }
    }

    var all: [DeviceUpdate] { updates.withLock { $0 } }
    var hasEnded: Bool { isOver.withLock { $0 } }
    var frames: Int { all.count { if case .frame = $0 { true } else { false } } }

    var links: [LinkState] { all.compactMap { if case .link(let link) = $0 { link } else { nil } } }
    var readings: [Reading] { all.flatMap { if case .readings(let list) = $0 { list } else { [Reading]() } } }

    /// The reasons for which it was silent.
    var silences: [String] { links.compactMap { if case .silent(_, let reason) = $0 { reason } else { nil } } }

    /// The first reason for a silence with this text, waited for.
    func silence(with text: String) async -> String? {
        await eventually { self.silences.first { $0.contains(text) } }
    }

    /// Waits until it was online as often as this.
    func online(times: Int = 1) async -> Bool {
        await eventually { self.links.count { $0 == .online } >= times ? true : nil } ?? false
    }
}

/// What `find` finds, asked again and again for at most a minute.
func eventually<Found>(_ find: () -> Found?) async -> Found? {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if let found = find() { return found }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return find()
}
