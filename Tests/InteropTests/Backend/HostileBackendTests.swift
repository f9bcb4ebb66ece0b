import Foundation
import Network
import OCPP
import Storage
import Testing

@testable import Host

/// A backend that sends what does not belong on the wire: nothing of the queue is lost by it, and the log stays short.
@Suite struct HostileBackendTests {
    private static func quoted(_ texts: [String]) throws -> String {
        String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    }

    @Test(.timeLimit(.minutes(2))) func rubbishIsSaidOnceAndTheQueueGoesOn() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        try await bench.wait("the connection") { bench.connections == 1 }
        let rubbish = [
            "", "rubbish", "{}", "[]", "null", "[9,\"1\"]", "[2]", "[2,1,\"Reset\",{}]", "[2,\"x\"",
            String(repeating: "[", count: 20_000), "[3,\"never\",{}]", "[4,\"never\",\"GenericError\",\"\",{}]",
            "[3,\"1\",{\"transactionId\":666,\"idTagInfo\":{\"status\":\"Accepted\"}}]",
        ]
        let order = "{\"do\": \"raw\", \"n\": 20, \"texts\": \(try Self.quoted(rubbish))}"
        try await central.order(order)
        await bench.link.setGate(.open)
        try await bench.charge(1)
        // While the start waits for its answer, answers to others come: none of them is taken for it.
        try await central.order(
            "{\"do\": \"fault\", \"action\": \"StopTransaction\", \"mode\": \"delay\", \"seconds\": 0.5}")
        try await central.order(order)
        try await bench.wait("delivery") { bench.delivered.count == 3 }
        try await central.wait("StopTransaction")
        #expect(central.received("StopTransaction").map { $0["transactionId"] as? Int } == [70001])
        #expect(central.received("StartTransaction").count == 1)
        #expect(bench.connections == 1, "\(bench.log.tail.lines)")
        let said = bench.log.tail.lines
        #expect(!said.isEmpty && said.count <= 16, "\(said)")
        #expect(Set(said.map { $0.drop { $0 != " " } }).count == said.count)
        await bench.stop()
    }

    @Test(.timeLimit(.minutes(2))) func aCallThatBreaksARuleGetsTheCodeOfTheStandard() async throws {
        let central = try await CentralSystem()
        let site = try await ChargingSite(central)
        try await central.wait("StatusNotification")
        let calls = [
            ("Frobnicate", "{}", "NotImplemented"), ("Authorize", "{\"idTag\": \"A\"}", "NotSupported"),
            ("Reset", "{}", "OccurenceConstraintViolation"), ("Reset", "{\"type\": 7}", "TypeConstraintViolation"),
            ("Reset", "{\"type\": \"Gentle\"}", "PropertyConstraintViolation"),
        ]
        for (number, (action, payload, code)) in calls.enumerated() {
            let before = central.peer.lines.count
            let text = try Self.quoted(["[2,\"bad-\(number)\",\"\(action)\",\(payload)]"])
            try await central.order("{\"do\": \"raw\", \"texts\": \(text)}")
            let answer = try await central.peer.line(from: before) { $0.contains("\"ev\": \"answer\"") }
            #expect(answer.contains("[4, \"bad-\(number)\", \"\(code)\""), "\(answer)")
        }
        let answer = try await central.call("ClearCache", "{}")
        #expect(answer["status"] as? String == "Accepted")
        try await site.end()
    }

    @Test(.timeLimit(.minutes(2))) func aGiantMessageEndsTheConnectionAndTheNextOneDelivers() async throws {
        let central = try await CentralSystem()
        let bench = try await LinkBench(port: central.port)
        try await bench.wait("the connection") { bench.connections == 1 }
        try await bench.charge(1)
        try await central.order("{\"do\": \"giant\", \"bytes\": 5000000}")
        try await bench.wait("the next connection") { bench.connections == 2 }
        await bench.link.setGate(.open)
        try await bench.wait("delivery") { bench.delivered.count == 3 }
        #expect(central.received("StartTransaction").count == 1)
        await bench.stop()
    }

    @Test(.timeLimit(.minutes(2))) func aBackendOfAnotherSubprotocolIsRefusedAndNotHammered() async throws {
        let server = try Programs.python("websocket_server.py", [])
        let line = try await server.line { $0.hasPrefix("port ") }
        let port = try #require(Int(line.dropFirst("port ".count)))
        let bench = try await LinkBench(port: port, path: "other")
        await bench.link.setGate(.open)
        try await bench.charge(1)
        try await bench.wait("refusals") { bench.failures.count >= 2 }
        #expect(bench.failures.allSatisfy { $0.isRefusal }, "\(bench.failures)")
        #expect(bench.connections == 0)
        #expect(try await bench.waiting == 3)
        await bench.stop()
        try await server.stop(SIGKILL)
    }
}
