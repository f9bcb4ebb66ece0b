import DriverAPI
import Foundation
import Simulator
import Testing

@testable import Host

/// A whole host on fake devices and a virtual clock, with its data in a folder of its own.
final class HostWorld {
    let clock = SharedVirtualClock(start: MonotonicTime(seconds: 1000))
    let driver: FakeDriver
    let folder: String
    private(set) var host: SiteHost
    private let licensing: LicenceRules?
    private let trusting: TrustRules?
    private var answersMasters: Bool

    /// A host on `site`; its data lie in `folder` where one is given, which then stays.
    init(
        _ site: Site, licensing: LicenceRules? = nil, trusting: TrustRules? = nil, folder given: String? = nil
    ) async throws {
        self.licensing = licensing
        self.trusting = trusting
        answersMasters = !site.modbusUnits.isEmpty
        let fresh = FileManager.default.temporaryDirectory.appendingPathComponent("h-" + UUID().uuidString.prefix(8))
        folder = given ?? fresh.path
        driver = FakeDriver(clock: clock)
        host = try await Self.host(site, folder, clock, driver, licensing, trusting)
        try await start(site)
    }

    /// Starts the host and waits until everything is open that can be.
    private func start(_ site: Site) async throws {
        try await host.start()
        await clock.waitUntilSleeping(sleepers)
        for device in site.devices where device.enabled && device.profile.hasPrefix("fake") {
            for _ in 0..<300_000 {
                if await host.board.device(device.id) != nil { break }
                try await Task.sleep(for: .microseconds(200))
            }
        }
    }

    private static func host(
        _ site: Site, _ folder: String, _ clock: any SiteClock, _ driver: FakeDriver, _ licensing: LicenceRules?,
        _ trusting: TrustRules?
    ) async throws -> SiteHost {
        try await SiteHost(
            site, data: folder, library: ProfileLibrary(local: [], library: nil), clock: clock, driver: driver,
            licensing: licensing, trusting: trusting)
    }

    /// How many tasks of a host at rest wait for the clock.
    private var sleepers: Int {
        2 + (licensing == nil ? 0 : 1) + (trusting == nil ? 0 : 2) + (answersMasters ? 1 : 0)
    }

    /// Ends the host and removes its folder.
    func end() async {
        await host.stop(.leave)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Ends the host and starts another one on the same folder.
    func restart(_ site: Site) async throws {
        await host.stop(.leave)
        answersMasters = !site.modbusUnits.isEmpty
        host = try await Self.host(site, folder, clock, driver, licensing, trusting)
        try await start(site)
    }

    /// The newest session with the box at an address `10.0.0.N`.
    func box(_ number: Int) throws -> FakeBox {
        guard let box = driver.sessions["10.0.0.\(number)"] else { throw NotOpen(number: number) }
        return box
    }

    /// Nothing was opened at an address yet.
    struct NotOpen: Error { let number: Int }

    /// Half a second, and every second a tick.
    func step() async throws {
        // The devices speak first, then the tick comes.
        clock.advance(by: .milliseconds(499))
        driver.advance(to: clock.now)
        try await settle()
        clock.advance(by: .milliseconds(1))
        try await settle()
    }

    func run(seconds: Int) async throws { for _ in 0..<2 * seconds { try await step() } }

    /// Steps until `condition` holds; fails after `seconds`. What cannot be answered yet does not hold.
    func run(atMost seconds: Int, until condition: () async throws -> Bool) async throws {
        for _ in 0..<2 * seconds {
            if let holds = try? await condition(), holds { return }
            try await step()
        }
        #expect(try await condition(), "it did not happen within \(seconds) s")
    }

    /// How the site shows a box.
    func shown(_ id: String) async throws -> SiteStatus.Box {
        try #require(await host.status()?.boxes.first { $0.id == id })
    }

    func alarms() async -> [String] { await host.status()?.alarms ?? [] }

    private func settle() async throws {
        for _ in 0..<20_000 {
            if await isSettled() { return }
            try await Task.sleep(for: .microseconds(200))
        }
        Issue.record("the host did not come to rest")
    }

    private func isSettled() async -> Bool {
        guard clock.sleeping >= sleepers, await host.control.writingSince == nil else { return false }
        for box in driver.sessions.values where box.closed == nil {
            let shown = await host.board.state(box.id)?.readings["sequence"]?.value?.number ?? 0
            let open = await host.control.openOrders(of: box.id) + host.modbus.telling[box.id, default: 0]
            guard shown == Exact(box.sequence), open == box.open else { return false }
        }
        return true
    }
}
