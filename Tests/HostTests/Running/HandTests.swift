import DriverAPI
import Foundation
import Testing

@testable import Host

/// What people set by hand on the running host.
@Suite struct HandTests {
    private func ask(
        _ world: HostWorld, _ method: String, _ path: String, _ body: String = ""
    ) async throws -> (status: Int, json: [String: Any]) {
        let response = await world.host.answer(ControlRequest(method: method, path: path, body: Array(body.utf8)))
        let json = try JSONSerialization.jsonObject(with: Data(response.body), options: .fragmentsAllowed)
        return (response.status, json as? [String: Any] ?? [:])
    }

    private func charging(_ site: Site) async throws -> HostWorld {
        let world = try await HostWorld(site)
        for number in 1...site.devices.count { try world.box(number).change { $0.isPlugged = true } }
        try await world.run(atMost: 60) { (try await world.shown("a").told_a ?? 0) > 0 }
        return world
    }

    @Test func anOperatorsLimitHoldsUntilItIsTakenBack() async throws {
        let world = try await charging(site(32, ["a", "b"]))
        #expect(try await ask(world, "POST", "/api/v1/limit", #"{"power_w": 9000, "for_s": 3600}"#).status == 200)
        // 9 kW on six phases at 230 V are 6.5 A for each.
        try await world.run(atMost: 60) {
            let told = try await (world.shown("a").told_a ?? 99, world.shown("b").told_a ?? 99)
            return told.0 <= 6.5 && told.1 <= 6.5
        }
        let shown = try await ask(world, "GET", "/api/v1/limit")
        #expect(shown.json["power_w"] as? Double == 9000)
        #expect(shown.json["until"] is String)
        #expect(try await world.shown("a").why.contains("operator"))
        #expect(try await ask(world, "POST", "/api/v1/limit", #"{"power_w": null}"#).status == 200)
        try await world.run(atMost: 120) { (try await world.shown("a").told_a ?? 0) > 10 }
        await world.end()
    }

    @Test func aLimitOutlastsARestart() async throws {
        let site = site(32, ["a", "b"])
        let world = try await charging(site)
        _ = try await ask(world, "POST", "/api/v1/limit", #"{"power_w": 9000}"#)
        try await world.run(seconds: 3)
        try await world.restart(site)
        #expect(try await ask(world, "GET", "/api/v1/limit").json["power_w"] as? Double == 9000)
        await world.end()
    }

    @Test func aLimitThatCannotBeIsRefused() async throws {
        let world = try await HostWorld(site(32, ["a"]))
        #expect(try await ask(world, "POST", "/api/v1/limit", #"{"power_w": -1}"#).status == 422)
        #expect(try await ask(world, "POST", "/api/v1/limit", #"{"power_w": 1, "for_s": 0}"#).status == 422)
        #expect(try await ask(world, "POST", "/api/v1/limit", "4200").status == 400)
        await world.end()
    }

    @Test func aModeHoldsUntilTheCarIsUnplugged() async throws {
        let world = try await charging(site(32, ["a"]))
        #expect(try await ask(world, "POST", "/api/v1/devices/a/mode", #"{"mode": "off"}"#).status == 200)
        try await world.run(atMost: 20) { try await world.shown("a").told_a == 0 }
        try world.box(1).change { $0.isPlugged = false }
        try await world.run(seconds: 5)
        try world.box(1).change { $0.isPlugged = true }
        try await world.run(atMost: 60) { (try await world.shown("a").told_a ?? 0) > 0 }
        await world.end()
    }

    @Test func aModeCanBeTakenBack() async throws {
        let world = try await charging(site(32, ["a"]))
        _ = try await ask(world, "POST", "/api/v1/devices/a/mode", #"{"mode": "off"}"#)
        try await world.run(atMost: 20) { try await world.shown("a").told_a == 0 }
        #expect(try await ask(world, "POST", "/api/v1/devices/a/mode", #"{"mode": null}"#).status == 200)
        try await world.run(atMost: 60) { (try await world.shown("a").told_a ?? 0) > 0 }
        await world.end()
    }

    @Test func aModeThatCannotBeIsRefused() async throws {
        let world = try await HostWorld(site(32, ["a"]))
        #expect(try await ask(world, "POST", "/api/v1/devices/b/mode", #"{"mode": "off"}"#).status == 404)
        #expect(try await ask(world, "POST", "/api/v1/devices/a/mode", #"{"mode": "sun"}"#).status == 400)
        #expect(try await ask(world, "POST", "/api/v1/devices/a/mode", #"{"mode": "target"}"#).status == 422)
        await world.end()
    }

    @Test(arguments: [
        (ShutdownPolicy.stop, 0), (.fallback, 6000), (.leave, 16_000),
    ])
    func theHostLeavesAsTheSiteFileSays(_ policy: ShutdownPolicy, _ expected: Int) async throws {
        var site = site(32, ["a"])
        site.shutdown = policy
        let world = try await HostWorld(site)
        try world.box(1).change {
            $0.isPlugged = true
            $0.watchdog = .seconds(60)
            $0.fallback = 6000
        }
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        let box = try world.box(1)
        let host = world.host
        let leaving = Task { await host.stop() }
        while box.closed == nil {
            world.clock.advance(by: .milliseconds(500))
            box.advance(to: world.clock.now)
            try await Task.sleep(for: .milliseconds(1))
        }
        await leaving.value
        #expect(box.box.register == expected)
        #expect(box.closed == (policy == .leave ? .asConfigured : policy == .stop ? .stop : .leave))
        await world.end()
    }
}
