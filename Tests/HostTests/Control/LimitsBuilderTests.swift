import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What load management is told of circuits and boxes.
@Suite struct LimitsBuilderTests {
    private func limits(
        _ site: Site, _ states: [DeviceState], forecasts: [String: BoxSetup] = [:], known: BoxTable<BoxBooking> = [:]
    ) throws -> SiteLimits {
        try LimitsBuilder(site, forecasts: forecasts).limits(states, known: known)
    }

    private func states(_ site: Site) -> [DeviceState] {
        site.devices.map { DeviceState(entry: $0, title: "", deviceClass: $0.role == nil ? .wallbox : .meter) }
    }

    @Test func boxesBehindOneGatewayCountItsQueue() throws {
        var site = site(32, ["a", "b", "c", "d", "e"])
        site.devices[1].address = "10.0.0.1:502"
        site.devices[2].address = "rtu+tcp://10.0.0.7:4001"
        site.devices[3].address = "/dev/ttyUSB0,9600,8N1"
        let queues = try limits(site, states(site)).boxes.map(\.ability.queueTime)
        #expect(queues == [10_000_000_000, 10_000_000_000, 10_000_000_000, 0, 0])
    }

    @Test func aBoxWhoseWiringIsInDoubtCountsOnEveryPhase() throws {
        var site = site(32, ["a", "b"])
        site.devices[0].rotation = "231"
        let builder = try LimitsBuilder(site)
        #expect(builder.limits(states(site)).boxes.map(\.rotation) == [.r231, .r123])
        #expect(builder.limits(states(site), doubted: ["a"]).boxes.map(\.rotation) == [.unknown, .r123])
    }

    @Test func limitsAreRoundedDownAndLoadsUp() throws {
        var site = site(32, [])
        site.supply.limit = [try #require(Exact(100, over: 3)), 16, 16]
        site.supply.base = [try #require(Exact(1, over: 3)), 0, 0]
        let limits = try limits(site, [])
        #expect(limits.tree.nodes[0].limit == PhaseCurrents(33_333, 16_000, 16_000))
        #expect(limits.loads["supply"] == .fixed(PhaseCurrents(334, 0, 0)))
    }

    @Test func thePowerOfAllBoxesOfACircuitIsALimitOfItsOwn() throws {
        var site = site(32, ["garage.a", "b"], circuits: ["garage": 25])
        site.supply.maxEVSEPower = 22_000
        site.circuits[0].maxEVSEPower = 11_000
        #expect(
            try limits(site, states(site)).budgets == [
                PowerLimit(milliwatts: 22_000_000, node: "supply", cause: .evse),
                PowerLimit(milliwatts: 11_000_000, node: "garage", cause: .evse),
            ])
    }

    @Test func anyCircuitMayHaveAMeter() throws {
        var site = site(32, ["garage.a", "b"], circuits: ["garage": 25], meter: true)
        site.circuits[0].meter = "inner"
        site.circuits[0].meterLost = 4
        let loads = try limits(site, states(site)).loads
        #expect(loads == ["supply": .metered(worst: nil), "garage": .metered(worst: PhaseCurrents(each: 4000))])
    }

    @Test func whatIsNotInUseTakesNoPart() throws {
        var site = site(32, ["a", "b", "c"])
        site.devices[0].enabled = false
        var states = states(site)
        states[1].isLeaving = true
        #expect(try limits(site, states).boxes.map(\.id) == ["c"])
    }

    @Test func aBoxNotReachedYetIsTakenForTheWorseOfItsProfileAndItsPast() throws {
        let site = site(32, ["a"])
        let profile = BoxAbility(
            maximum: 16_000, rated: 16_000,
            watchdog: .init(timeout: 60_000_000_000, fallback: 6000))
        let past = BoxAbility(
            maximum: 32_000, rated: 32_000, watchdog: .init(timeout: 30_000_000_000, fallback: 10_000))
        let setup = { BoxSetup(id: "a", node: "supply", ability: $0) }
        let box = try #require(
            limits(
                site, states(site), forecasts: ["a": setup(profile)], known: ["a": BoxBooking(setup(past))]
            ).boxes.first)
        #expect(box.ability.rated == 32_000)
        #expect(box.ability.maximum == 16_000)
        #expect(box.ability.watchdog == .init(timeout: 60_000_000_000, fallback: 10_000))
    }

    @Test func nothingKnownIsTheLargestPlug() throws {
        let site = site(32, ["a"])
        #expect(try limits(site, states(site)).boxes.first?.ability.rated == 63_000)
    }

    @Test func aMeterAtABoxIsItsMeter() throws {
        var site = site(32, ["a"])
        site.devices.append(SiteDevice(id: "m", profile: "fake", address: "10.0.0.8", role: .box, of: "a"))
        var states = states(site)
        #expect(try limits(site, states).boxes.first?.ability.hasMeter == false)
        states[1].description = DeviceDescription(
            deviceClass: .meter, points: ["current.l1", "current.l2", "current.l3"])
        #expect(try limits(site, states).boxes.first?.ability.hasMeter == true)
    }
}
