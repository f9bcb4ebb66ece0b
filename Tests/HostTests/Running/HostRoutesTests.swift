import DriverAPI
import Foundation
import Testing

@testable import Host

/// The interface as programs see it.
@Suite struct HostRoutesTests {
    private func world() async throws -> HostWorld {
        var site = site(16, ["a", "b"])
        site.devices[1].profile = "broken"
        let world = try await HostWorld(site)
        try await world.run(seconds: 3)
        return world
    }

    private func ask(
        _ world: HostWorld, _ method: String, _ path: String, _ body: String = ""
    ) async throws -> (response: ControlResponse, json: Any) {
        let response = await world.host.answer(ControlRequest(method: method, path: path, body: Array(body.utf8)))
        return (response, try JSONSerialization.jsonObject(with: Data(response.body), options: .fragmentsAllowed))
    }

    @Test func theSiteIsOneDocument() async throws {
        let world = try await world()
        let (response, json) = try await ask(world, "GET", "/api/v1/site")
        #expect(response.status == 200)
        #expect(response.type == "application/json")
        let site = try #require(json as? [String: Any])
        #expect(site["name"] as? String == "test")
        let boxes = try #require(site["boxes"] as? [[String: Any]])
        #expect(boxes.map { $0["id"] as? String } == ["a", "b"])
        #expect(boxes[0]["link"] as? String == "online")
        await world.end()
    }

    @Test func aBoxThatCannotBeOpenedIsBookedAndSaysWhy() async throws {
        let world = try await world()
        let shown = try await world.shown("b")
        let reason = "profile broken has 1 error: line 3"
        #expect(shown.link_text == reason)
        #expect(shown.why == reason)
        // Nothing is known of it: the largest plug there is (IEC 62196-2).
        #expect(shown.booked_a == 63)
        #expect(await world.alarms().contains("b: \(reason)"))
        #expect(try world.box(1).calls.allSatisfy { $0.milliamperes == 0 })
        await world.end()
    }

    @Test func valuesHaveUnitAndQuality() async throws {
        let world = try await world()
        let (response, json) = try await ask(world, "GET", "/api/v1/devices/a/values")
        #expect(response.status == 200)
        let limit = try #require((json as? [String: [String: Any]])?["current_limit"])
        #expect(limit["value"] as? Double == 0)
        #expect(limit["unit"] as? String == "A")
        #expect(limit["quality"] as? String == "good")
        let (unknown, _) = try await ask(world, "GET", "/api/v1/devices/c/values")
        #expect(unknown.status == 404)
        await world.end()
    }

    @Test func nobodyRaisesABoxPastTheSharing() async throws {
        let world = try await world()
        let calls = try world.box(1).calls.count
        for command in ["charge=16A", "charge=on", "phases=3", "current_limit=16A"] {
            let (response, json) = try await ask(
                world, "POST", "/api/v1/devices/a/command", #"{"command": "\#(command)"}"#)
            #expect(response.status == 409)
            #expect(response.type == "application/problem+json")
            #expect((json as? [String: Any])?["code"] as? String == "managed")
        }
        #expect(try world.box(1).calls.count == calls)
        await world.end()
    }

    @Test func stoppingIsAlwaysAllowed() async throws {
        let world = try await world()
        let before = try world.box(1).calls.count
        let host = world.host
        let stop = Task {
            await host.answer(
                ControlRequest(
                    method: "POST", path: "/api/v1/devices/a/command", body: Array(#"{"command": "charge=off"}"#.utf8)))
        }
        while try world.box(1).calls.count == before { try await Task.sleep(for: .milliseconds(1)) }
        world.clock.advance(by: .milliseconds(400))
        world.driver.advance(to: world.clock.now)
        #expect(await stop.value.status == 200)
        await world.end()
    }

    @Test(
        arguments: [
            ("GET", "/api/v1/nothing", "", 404, "route"), ("DELETE", "/api/v1/site", "", 405, "method"),
            ("GET", "/", "", 404, "route"),
            ("POST", "/api/v1/devices/z/command", #"{"command": "charge=off"}"#, 404, "device"),
            ("POST", "/api/v1/devices/a/command", "charge=off", 400, "body"),
            ("POST", "/api/v1/devices/a/command", #"{"command": "charge=3kg"}"#, 422, "command"),
            ("POST", "/api/v1/bus/read", "{}", 400, "body"),
        ])
    func whatIsWrongIsAProblemDocument(
        _ method: String, _ path: String, _ body: String, _ status: Int, _ code: String
    ) async throws {
        let world = try await world()
        let (response, json) = try await ask(world, method, path, body)
        #expect(response.status == status)
        #expect(response.type == "application/problem+json")
        let problem = try #require(json as? [String: Any])
        #expect(problem["status"] as? Int == status)
        #expect(problem["code"] as? String == code)
        #expect((problem["detail"] as? String)?.isEmpty == false)
        await world.end()
    }
}
