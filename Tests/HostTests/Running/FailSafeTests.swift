import DriverAPI
import Foundation
import Testing

@testable import Host

/// What boxes do without the host is set by the host.
@Suite struct FailSafeTests {
    private func world(_ site: Site, fallback: Int = 16_000) async throws -> HostWorld {
        let world = try await HostWorld(site)
        for number in 1...site.devices.count {
            let box = try world.box(number)
            box.takeFailSafe()
            box.change {
                $0.fallback = fallback
                $0.watchdog = .seconds(120)
            }
        }
        return world
    }

    @Test func fallBackCurrentsThatDoNotFitAreLowered() async throws {
        let world = try await world(site(16, ["a", "b"]))
        try await world.run(atMost: 30) {
            try [1, 2].allSatisfy { try world.box($0).box.fallback == 6000 }
        }
        #expect(try world.box(1).box.watchdog == .seconds(120))
        await world.end()
    }

    @Test func whereNotEvenTheMinimumFitsBoxesStop() async throws {
        let world = try await world(site(11, ["a", "b"]))
        try await world.run(atMost: 30) { try [1, 2].allSatisfy { try world.box($0).box.fallback == 0 } }
        await world.end()
    }

    @Test func whatTheSiteFileSaysIsSet() async throws {
        var site = site(32, ["a"])
        site.devices[0].box.failsafe = FailSafe(current: .fixed(10), timeout: .seconds(45))
        let world = try await world(site, fallback: 0)
        try await world.run(atMost: 60) {
            let box = try world.box(1).box
            return box.fallback == 10_000 && box.watchdog == .seconds(45)
        }
        await world.end()
    }

    @Test func whatIsKeptIsNeverTouched() async throws {
        var site = site(32, ["a"])
        site.devices[0].box.failsafe = FailSafe(isKept: true)
        let world = try await world(site, fallback: 9000)
        try await world.run(seconds: 30)
        #expect(try world.box(1).box.fallback == 9000)
        await world.end()
    }

    @Test func aHostThatOnlyObservesSetsNothing() async throws {
        var site = site(16, ["a"])
        site.mode = .observe
        let world = try await world(site)
        try await world.run(seconds: 30)
        #expect(try world.box(1).box.fallback == 16_000)
        await world.end()
    }

    @Test func boxesThatMayGoOnByThemselvesAreShownForEver() async throws {
        var site = site(16, ["a"])
        site.devices[0].unattendedAccepted = true
        let world = try await HostWorld(site)
        try world.box(1).change { $0.watchdog = nil }
        try await world.run(seconds: 10)
        #expect(await world.alarms().contains { $0.contains("'a' has no watchdog") })
        try await world.run(seconds: 700)
        #expect(await world.alarms().contains { $0.contains("'a' has no watchdog") })
        await world.end()
    }
}
