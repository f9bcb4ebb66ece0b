import Foundation
import Network
import Testing

@testable import Host

/// What the HTTP listeners answer, and where they are.
@Suite struct HTTPFrontTests {
    private func front(_ world: HostWorld) -> HTTPFront {
        HTTPFront(routes: { [host = world.host] in await host.answer($0, access: .read) }, events: world.host.events)
    }

    private func world() async throws -> HostWorld {
        let world = try await HostWorld(site(16, ["a"]))
        try await world.run(seconds: 3)
        return world
    }

    private func body(_ response: HTTPResponse) throws -> [UInt8] {
        guard case .bytes(let bytes) = response.body else { throw NoBytes() }
        return bytes
    }

    private struct NoBytes: Error {}

    @Test func thePageAndItsFilesComeOutOfTheProgram() async throws {
        let world = try await world()
        let page = await front(world).answer(HTTPRequest(method: .get, path: "/"))
        #expect(page.status == .ok)
        #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(String(decoding: try body(page), as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        await world.end()
    }

    @Test func theSameRoutesAreServedAsOnTheControlSocket() async throws {
        let world = try await world()
        let answer = await front(world).answer(HTTPRequest(method: .get, path: "/api/v1/devices/a/values"))
        #expect(answer.status == .ok)
        #expect(answer.headers["Cache-Control"] == "no-store")
        let values = try JSONSerialization.jsonObject(with: Data(try body(answer))) as? [String: Any]
        #expect(values?["current_limit"] != nil)
        await world.end()
    }

    @Test func nothingCanBeChanged() async throws {
        let world = try await world()
        for path in ["/api/v1/devices/a/command", "/api/v1/devices/a/forget", "/api/v1/limit", "/api/v1/bus/read"] {
            let answer = await front(world).answer(
                HTTPRequest(method: .post, path: path, body: Array(#"{"command": "charge=off"}"#.utf8)))
            #expect(answer.status == .forbidden, "\(path)")
            #expect(answer.headers["Content-Type"] == "application/problem+json")
        }
        await world.end()
    }

    @Test func theStreamWantsAWebSocket() async throws {
        let world = try await world()
        let plain = await front(world).answer(HTTPRequest(method: .get, path: "/api/v1/events"))
        #expect(plain.status == .upgradeRequired)
        let offer = HTTPRequest(method: .get, path: "/api/v1/events", webSocket: WebSocketOffer())
        #expect(await front(world).answer(offer).status == .switchingProtocols)
        await world.end()
    }

    @Test func aPortThatIsTakenIsAnAlarmAndTheHostRunsOn() async throws {
        let (first, second) = (try await world(), try await world())
        let taken = try #require(await first.host.serve(HTTPPlan(listen: [.loopback()])).first)
        #expect(await second.host.serve(HTTPPlan(listen: [taken, .loopback()])).count == 1)
        let alarms = await second.alarms()
        #expect(
            alarms.contains("cannot listen on \(taken): another program listens there; choose another port or stop it"))
        await first.end()
        await second.end()
    }

    @Test func theNextFreePortIsTakenWhereThatIsWanted() async throws {
        let (first, second) = (try await world(), try await world())
        let taken = try #require(await first.host.serve(HTTPPlan(listen: [.loopback()])).first)
        let next = try #require(await second.host.serve(HTTPPlan(listen: [taken]), whenTaken: .next).first)
        #expect(next.port > taken.port)
        #expect(await second.alarms().isEmpty)
        await first.end()
        await second.end()
    }

    @Test func anotherPlanMovesThePage() async throws {
        let world = try await world()
        let first = await world.host.serve(HTTPPlan(listen: [.loopback()]))
        let second = await world.host.serve(HTTPPlan(listen: [.loopback(), .loopback()]))
        #expect(second.count == 2)
        // The first port is free again.
        let other = try await self.world()
        #expect(await other.host.serve(HTTPPlan(listen: first)) == first)
        await world.end()
        await other.end()
    }
}
