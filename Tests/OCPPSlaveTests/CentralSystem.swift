import DriverAPI
import Foundation
import Network
import OCPP
import OCPPSlave
import Synchronization
import Testing

/// A hub that listens on free ports of this machine, with a site of its own.
final class CentralSystem: Sendable {
    let uplink: TestUplink
    let hub: SlaveHub
    let loop = NetworkLoop()
    let store = MemoryDriverStore()
    private let lines: Lines

    /// Lines of the log.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private init(_ settings: CentralSettings, _ slaves: [String: KnownSlave]) {
        let lines = Lines()
        self.lines = lines
        uplink = TestUplink(slaves)
        hub = SlaveHub(
            settings: settings, uplink: uplink, clock: SystemClock(), wallTime: { CentralSystem.wallTime },
            log: { level, text in lines.add("\(level) \(text)") })
    }

    static var wallTime: Timestamp { Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000)) }

    /// Settings whose waiting times suit tests.
    static var settings: CentralSettings {
        CentralSettings(
            heartbeatInterval: 300, pollInterval: .milliseconds(200), bootPatience: .milliseconds(300),
            callTimeout: .seconds(20))
    }

    static func running(
        _ slaves: [String: KnownSlave] = [:], settings: CentralSettings = CentralSystem.settings,
        _ use: (CentralSystem) async throws -> Void
    ) async throws {
        let system = CentralSystem(settings, slaves)
        try system.loop.start()
        let result: Result<Void, any Error>
        do {
            try await system.hub.listen(
                SlaveListeners(json: .loopback(), binary: .loopback()), on: system.loop)
            result = .success(try await use(system))
        } catch {
            result = .failure(error)
        }
        await system.hub.stop()
        await system.loop.stop()
        try result.get()
    }

    var log: [String] { lines.all }
    var jsonPort: UInt16 { hub.addresses[0].port }
    var binaryPort: UInt16 { hub.addresses[1].port }

    /// Opens a connector as a device and follows it.
    func device(
        _ address: String, _ options: [String: String] = [:], lastTold: Exact? = nil
    ) async throws -> WatchedDevice {
        let lines = lines
        let device = try await OCPPSlaveDriver(hub: hub).open(
            DeviceConfiguration(
                id: address, profile: "ocpp", address: address, options: options, lastTold: lastTold),
            context: DriverContext(
                clock: SystemClock(), store: store, log: { level, text in lines.add("\(level) \(text)") }))
        return WatchedDevice(device)
    }
}

/// A device with everything it reported.
final class WatchedDevice: Sendable {
    let device: any Device
    private let updates = Mutex<[DeviceUpdate]>([])

    init(_ device: any Device) {
        self.device = device
        Task { [weak self] in
            for await update in device.updates { self?.add(update) }
        }
    }

    private func add(_ update: DeviceUpdate) { updates.withLock { $0.append(update) } }

    var all: [DeviceUpdate] { updates.withLock { $0 } }

    var link: LinkState? {
        all.reversed().lazy.compactMap { if case .link(let state) = $0 { state } else { nil } }.first
    }
    var isOnline: Bool { link == .online }
    var isSilent: Bool { if case .silent = link { true } else { false } }

    var description: DeviceDescription? {
        all.reversed().lazy.compactMap { if case .described(let it) = $0 { it } else { nil } }.first
    }

    var alarms: [String] { all.compactMap { if case .alarm(let text) = $0 { text } else { nil } } }

    func reading(_ point: String) -> Reading? {
        for case .readings(let readings) in all.reversed() {
            if let found = readings.last(where: { $0.point == point }) { return found }
        }
        return nil
    }

    func number(_ point: String) -> Exact? { reading(point)?.known?.number }
    func text(_ point: String) -> String? { reading(point)?.known?.text }
}

/// Waits until something holds; a minute at most.
func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async -> Bool
) async throws {
    for _ in 0..<3000 {
        if await condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("never: \(what)", sourceLocation: sourceLocation)
    throw CancellationError()
}
