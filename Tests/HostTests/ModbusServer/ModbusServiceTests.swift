import DriverAPI
import Foundation
import Modbus
import ReadPlanning
import Testing

@testable import Host

/// A whole host below a master that we play ourselves, over real Modbus TCP; boxes and clock are not real.
@Suite struct ModbusServiceTests {
    private func below(_ mode: Site.Mode, _ boxes: [String] = ["a"], limit: Int = 32, shown: [String] = ["a"]) -> Site {
        var site = site(limit, boxes)
        site.mode = mode
        site.modbusUnits = shown.enumerated().map { place, device in
            SiteModbusUnit(
                place: .tcp(ListenAddress(host: "127.0.0.1", port: 0)), unit: place + 1, device: device)
        }
        return site
    }

    /// The master's end of a connection to a unit.
    struct Master {
        let bus: Bus
        let unit: UInt8

        func read(_ address: UInt16, _ count: UInt16 = 1) async throws -> [UInt16] {
            try await bus.read(
                ReadRequest(.holding, at: address, count: count), unit: unit,
                options: RequestOptions(timeout: .seconds(20)))
        }

        func write(_ address: UInt16, _ words: UInt16...) async throws {
            try await bus.write(
                WriteRequest(function: words.count == 1 ? 6 : 16, address: address, words: words), unit: unit,
                options: RequestOptions(timeout: .seconds(20)))
        }
    }

    private func master(_ world: HostWorld, _ place: Int = 0) async throws -> Master {
        let places = await world.host.modbus.places()
        let found = try #require(places.dropFirst(place).first)
        return Master(bus: Bus(.tcp(host: "127.0.0.1", port: found.port)), unit: found.unit)
    }

    @Test func aBoxFollowsWhatTheMasterWritesAndNothingElse() async throws {
        let world = try await HostWorld(below(.observe))
        try await world.run(seconds: 5)
        #expect(try world.box(1).calls.isEmpty)
        let master = try await master(world)
        try await master.write(8093, 100)
        try await world.run(atMost: 10) { try world.box(1).box.register == 10_000 }
        try await world.run(atMost: 5) { try await world.shown("a").master_a == 10 }
        try await master.write(8094, 0)
        try await world.run(atMost: 10) { try world.box(1).box.register == 0 }
        try await master.write(8094, 1)
        try await master.write(8093, 160)
        try await world.run(atMost: 10) { try world.box(1).box.register == 16_000 }
        await world.end()
    }

    @Test func theRegistersShowTheBox() async throws {
        let world = try await HostWorld(below(.observe))
        let master = try await master(world)
        try await master.write(8093, 100)
        try await world.run(atMost: 20) { try await master.read(8064, 2) == [0, 100] }
        #expect(try await master.read(8092) == [2])
        #expect(try await master.read(8093, 2) == [100, 1])
        #expect(try await master.read(8112) == [1])
        try world.box(1).change { $0.isPlugged = false }
        try await world.run(atMost: 20) { try await master.read(8092) == [0] }
        await world.end()
    }

    @Test func aBoxThatDoesNotAnswerIsException4() async throws {
        let world = try await HostWorld(below(.observe))
        let master = try await master(world)
        try await world.run(atMost: 20) { try await !master.read(8092).isEmpty }
        try world.box(1).set(.isDead)
        try await world.run(atMost: 60) {
            do {
                _ = try await master.read(8092)
                return false
            } catch LinkError.exception(4) {
                return true
            }
        }
        #expect(try await master.read(8000, 2) == [0xCF05, 0])
        await world.end()
    }

    @Test func whereTheHostSharesTheMastersLimitIsAnUpperBound() async throws {
        let world = try await HostWorld(below(.manage, ["a", "b"], limit: 32))
        try await world.run(atMost: 60) {
            try (world.box(1).box.register, world.box(2).box.register) == (16_000, 16_000)
        }
        let master = try await master(world)
        try await master.write(8093, 80)
        try await world.run(atMost: 30) { try world.box(1).box.register == 8000 }
        #expect(try world.box(2).box.register == 16_000)
        #expect(try await world.shown("a").why == "its master above allows 8 A")
        try await master.write(8094, 0)
        try await world.run(atMost: 30) { try world.box(1).box.register == 0 }
        // More than the host shares is never given.
        try await master.write(8094, 1)
        try await master.write(8093, 630)
        try await world.run(seconds: 120)
        #expect(try world.box(1).box.register <= 16_000)
        #expect(try world.box(1).calls.allSatisfy { $0.milliamperes <= 16_000 })
        await world.end()
    }

    @Test func aDeadMasterLeavesTheFailSafe() async throws {
        let world = try await HostWorld(below(.observe))
        let master = try await master(world)
        try await master.write(8083, 0, 60)
        try await master.write(8093, 160)
        try await world.run(atMost: 10) { try world.box(1).box.register == 16_000 }
        // The minute began up to ten seconds ago.
        try await world.run(seconds: 40)
        #expect(try world.box(1).box.register == 16_000)
        try await world.run(atMost: 40) { try world.box(1).box.register == 6000 }
        // It comes back.
        try await master.write(8093, 120)
        try await world.run(atMost: 10) { try world.box(1).box.register == 12_000 }
        await world.end()
    }

    @Test(arguments: [Site.Mode.observe, .manage])
    func whatTheMasterOrderedBindsOverARestart(_ mode: Site.Mode) async throws {
        let site = below(mode)
        let world = try await HostWorld(site)
        var master = try await master(world)
        try await master.write(8093, 80)
        try await master.write(8085, 70)
        try await master.write(8091, 100)
        try await world.run(atMost: 60) { try world.box(1).box.register == 8000 }
        try await world.restart(site)
        try await world.run(seconds: 60)
        #expect(try world.box(1).box.register == 8000)
        #expect(try world.box(1).calls.allSatisfy { $0.milliamperes <= 8000 })
        master = try await self.master(world)
        // Flash survives, RAM does not; the host was started twice.
        #expect(try await master.read(8085) == [70])
        #expect(try await master.read(8091) == [0])
        #expect(try await master.read(8120, 2) == [0, 2])
        try await master.write(8093, 120)
        try await world.run(atMost: 60) { try world.box(1).box.register == 12_000 }
        await world.end()
    }

    @Test func theWholeSiteIsOneBox() async throws {
        let world = try await HostWorld(below(.manage, ["a", "b"], limit: 40, shown: [SiteModbusUnit.wholeSite]))
        try await world.run(atMost: 60) {
            try (world.box(1).box.register, world.box(2).box.register) == (16_000, 16_000)
        }
        let master = try await master(world)
        // Both cars draw 16 A on each phase.
        try await world.run(atMost: 30) { try await master.read(8064, 6) == [0, 320, 0, 320, 0, 320] }
        #expect(try await master.read(8092) == [2])
        try await master.write(8093, 200)
        try await world.run(atMost: 60) {
            try world.box(1).box.register + world.box(2).box.register <= 20_000
        }
        for _ in 0..<120 {
            try await world.step()
            #expect(try world.box(1).box.register + world.box(2).box.register <= 20_000)
        }
        #expect(try world.box(1).box.register >= 6000 && world.box(2).box.register >= 6000)
        // Two boxes need 12 A: with 8 A one of them waits.
        try await master.write(8093, 80)
        try await world.run(atMost: 60) { try world.box(1).box.register + world.box(2).box.register == 8000 }
        try await master.write(8094, 0)
        try await world.run(atMost: 60) { try world.box(1).box.register + world.box(2).box.register == 0 }
        await world.end()
    }

    @Test func aPlaceThatIsTakenIsAnAlarmAndTriedAgain() async throws {
        var other: ModbusServer? = try ModbusServer()
        let taken = try other?.listen(on: "127.0.0.1", port: 0, handler: UnitHandlers([:]))
        let port = try #require(taken?.port)
        var site = below(.observe)
        site.modbusUnits = [
            SiteModbusUnit(place: .tcp(ListenAddress(host: "127.0.0.1", port: port)), unit: 1, device: "a")
        ]
        let world = try await HostWorld(site)
        try await world.run(seconds: 2)
        #expect(await world.alarms().contains { $0.contains("127.0.0.1:\(port)") })
        if let taken { await other?.stop(taken) }
        other = nil
        try await world.run(atMost: 30) { await world.host.modbus.places().count == 1 }
        await world.end()
    }

    @Test func anotherSiteFileMovesAndEndsFronts() async throws {
        let site = below(.observe)
        let world = try await HostWorld(site)
        let before = try await master(world)
        #expect(try await before.read(8000) == [0xCF05])
        var none = site
        none.modbusUnits = []
        await world.host.reload(none)
        #expect(await world.host.modbus.places().isEmpty)
        await world.host.reload(site)
        #expect(try await master(world).read(8000) == [0xCF05])
        await world.end()
    }

    @Test func aUnitIdThatTheMasterGivesHolds() async throws {
        let site = below(.observe)
        let world = try await HostWorld(site)
        try await master(world).write(8040, 9)
        #expect(await world.host.modbus.places().map(\.unit) == [9])
        #expect(try await master(world).read(8040) == [9])
        try await world.restart(site)
        #expect(try await master(world).read(8040) == [9])
        await world.end()
    }
}
