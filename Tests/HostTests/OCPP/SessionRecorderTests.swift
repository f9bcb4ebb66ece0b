import DriverAPI
import Storage
import TestTools
import Testing

@testable import Host

/// The book of sessions of boxes without a station.
@Suite struct SessionRecorderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("sessions") }

    private func storage() async throws -> SiteStorage { try await SiteStorage(path: folder.path + "/site.sqlite") }

    private func box(_ letter: String, _ energy: Int, quality: Quality = .good) -> DeviceState {
        let now = SystemClock().now
        var state = DeviceState.online("box", .wallbox, [:])
        state.readings["state"] = Reading(point: "state", value: .member(letter), quality: .good, time: now)
        state.readings["energy_total"] = Reading(
            point: "energy_total", value: .number(Exact(energy)), quality: quality, time: now)
        return state
    }

    private func recorder(_ storage: SiteStorage) -> SessionRecorder {
        SessionRecorder(storage: storage, clock: SystemClock(), log: HostLog()) { _, _ in }
    }

    private func sessions(_ storage: SiteStorage) async throws -> [ChargingSession] {
        try await storage.sessions(from: WallTime(milliseconds: 0), to: WallTime(milliseconds: .max / 2))
    }

    @Test func aSessionLastsFromTheFirstCurrentToTheUnplugging() async throws {
        let storage = try await storage()
        let first = recorder(storage)
        await first.take([box("A", 1000)], others: [])
        await first.take([box("B", 1000)], others: [])
        #expect(try await sessions(storage).isEmpty)
        await first.take([box("C", 1000)], others: [])
        await first.take([box("B", 3000)], others: [])
        await first.take([box("C", 3000, quality: .suspect)], others: [])
        // Another host goes on with it.
        let second = recorder(storage)
        await second.take([box("C", 4000)], others: [])
        await second.take([box("A", 5500)], others: [])
        await second.take([box("A", 5500)], others: [])
        let found = try await sessions(storage)
        #expect(found.map(\.energy) == [4500])
        #expect(found.first?.box == "box" && found.first?.reason == "EVDisconnected")
    }

    @Test func aBoxOfAStationHasNoSessionHere() async throws {
        let storage = try await storage()
        let recorder = recorder(storage)
        await recorder.take([box("C", 1000)], others: ["box"])
        #expect(try await sessions(storage).isEmpty)
        await recorder.take([box("C", 1000)], others: [])
        #expect(try await sessions(storage).count == 1)
    }
}
