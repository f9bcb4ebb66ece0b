import Foundation
import Storage
import Testing

@testable import Host

@Suite struct SessionRouteTests {
    /// 2026-08-01T12:00:00Z.
    private let noon = WallTime(milliseconds: 1_785_585_600_000)

    private func get(
        _ world: HostWorld, _ path: String, _ query: [String: String] = [:], _ access: Route.Access = .write
    ) async -> ControlResponse {
        await world.host.answer(ControlRequest(method: "GET", path: path, query: query), access: access)
    }

    @Test func cardsAreShownInFullOnlyToWhoMayChangeThings() async throws {
        let world = try await HostWorld(site(16, ["a"]))
        for card in ["04A1B2C3D4", "1234"] {
            try await world.host.storage.beginSession(box: "a", card: card, meter: 0, at: noon)
        }
        let full = try JSONDecoder().decode(
            [SessionDocument].self, from: Data(await get(world, "/api/v1/sessions").body))
        #expect(full.map(\.card) == ["04A1B2C3D4", "1234"])
        let masked = try JSONDecoder().decode(
            [SessionDocument].self, from: Data(await get(world, "/api/v1/sessions", [:], .read).body))
        #expect(masked.map(\.card) == ["…C3D4", "…"])
        let later = try JSONDecoder().decode(
            [SessionDocument].self,
            from: Data(await get(world, "/api/v1/sessions", ["from": "2026-08-01T12:00:01Z"]).body))
        #expect(later.isEmpty)
        #expect(await get(world, "/api/v1/sessions", ["from": "today"]).status == 400)
        await world.end()
    }

    @Test func anOpenTransactionOfABoxThatIsThereIsNotClosed() async throws {
        let world = try await HostWorld(site(16, ["a"]))
        try await world.run(seconds: 2)
        let queue = try await world.host.storage.transactionQueue(
            for: Backend(url: "ws://csms/ocpp", chargePoint: "S"), limits: QueueLimits(ballast: 0))
        var ids: [Int] = []
        for (connector, box) in [(1, "a"), (2, "gone")] {
            let start = TransactionStart(
                box: box, connector: connector, idTag: "TAG", at: noon, meterStart: 100
            ) { _ in Array("{}".utf8) }
            ids.append(try #require(try await queue.append(.start(start)).transaction))
        }
        func close(_ id: Int) async -> Int {
            let body = Array("{\"transaction\": \(id)}".utf8)
            return await world.host.answer(
                ControlRequest(method: "POST", path: "/api/v1/ocpp/close", body: body)
            ).status
        }
        #expect(await close(ids[0]) == 409)
        #expect(await close(ids[1]) == 200)
        #expect(await close(ids[1]) == 409)
        #expect(await close(5) == 404)
        let open = try JSONDecoder().decode(QueueDocument.self, from: Data(await get(world, "/api/v1/ocpp/queue").body))
        #expect(open.open.map(\.transaction) == [ids[0]])
        await world.end()
    }

    @Test func aSecretIsStoredAndWhatIsNoneIsRefused() async throws {
        let world = try await HostWorld(site(16, ["a"]))
        func post(_ path: String, _ body: String) async -> Int {
            await world.host.answer(ControlRequest(method: "POST", path: path, body: Array(body.utf8))).status
        }
        #expect(await post("/api/v1/ocpp/resend", "{}") == 200)
        #expect(await post("/api/v1/ocpp/secret", #"{"key": "0123456789abcdef"}"#) == 200)
        #expect(try await world.host.storage.authorizationKey() == "0123456789abcdef")
        #expect(await post("/api/v1/ocpp/secret", #"{"key": "short"}"#) == 422)
        #expect(await post("/api/v1/ocpp/secret", #"{"slave": "X", "key": "0123456789abcdef"}"#) == 422)
        #expect(try await world.host.storage.authorizationKey() == "0123456789abcdef")
        #expect(await post("/api/v1/ocpp/secret", "{}") == 200)
        #expect(try await world.host.storage.authorizationKey() == nil)
        await world.end()
    }

    @Test func changingIsForTheControlSocketOnly() async throws {
        let world = try await HostWorld(site(16, ["a"]))
        for path in ["resend", "close", "secret"] {
            let request = ControlRequest(method: "POST", path: "/api/v1/ocpp/" + path, body: Array("{}".utf8))
            #expect(await world.host.answer(request, access: .read).status == 403)
        }
        #expect(await get(world, "/api/v1/ocpp/keys", [:], .read).status == 200)
        await world.end()
    }

    @Test func aCellThatASpreadsheetWouldTakeForAFormulaIsText() throws {
        var session = SessionDocument(id: 1, box: "a", start: "2026-08-01T12:00:00Z")
        session.card = "=1+1"
        #expect(SessionSheet.text([session]).hasSuffix("a,,'=1+1,2026-08-01T12:00:00Z,,,,\n"))
    }
}
