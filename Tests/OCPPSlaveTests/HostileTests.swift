import Network
import OCPP
import OCPPSlave
import Testing

/// What does not belong on the wire hurts its own connection at most.
@Suite struct HostileTests {
    /// A WebSocket without manners.
    private func raw(_ system: CentralSystem, _ id: String) async throws -> WebSocketConnection {
        let target = try ServerTarget("ws://127.0.0.1:\(system.jsonPort)").appending(segment: id)
        return try await system.loop.connect(to: target, WebSocketClientOptions(subprotocols: ["ocpp1.6"]))
    }

    /// The next message that is no call.
    private func answer(_ messages: inout WebSocketMessages.AsyncIterator) async -> String? {
        while case .text(let text)? = await messages.next() { if !text.hasPrefix("[2") { return text } }
        return nil
    }

    @Test func textThatIsNoMessageIsPassedOver() async throws {
        try await CentralSystem.running(["BAD": KnownSlave(), "GOOD": KnownSlave()]) { system in
            let good = try await system.json("GOOD")
            try await good.boot()
            let socket = try await raw(system, "BAD")
            let deep = String(repeating: "[", count: 20_000)
            for text in [
                "", "rubbish", "{}", "[]", "[9,\"1\"]", "[2]", "[2,1,\"Heartbeat\",{}]", "null", deep, "\u{0}",
                "[3,\"never\",{}]", "[4,\"never\",\"GenericError\",\"\",{}]", "[2,\"x\"",
            ] {
                for _ in 0..<20 { try socket.send(text) }
            }
            try socket.send(#"[2,"after","Heartbeat",{}]"#)
            var messages = socket.messages.makeAsyncIterator()
            var text = await answer(&messages)
            while let one = text, !one.hasPrefix(#"[3,"after""#) { text = await answer(&messages) }
            #expect(text?.contains("currentTime") ?? false)
            // Each kind of rubbish is told once.
            #expect(system.log.filter { $0.contains("rubbish") || $0.contains("not readable") }.count < 16)
            #expect(system.log.count < 40)
            _ = try await good.call(HeartbeatRequest())
        }
    }

    @Test func callsThatBreakARuleGetTheCodeOfTheStandard() async throws {
        try await CentralSystem.running(["BAD": KnownSlave()]) { system in
            let socket = try await raw(system, "BAD")
            var messages = socket.messages.makeAsyncIterator()
            for (call, code) in [
                (#"[2,"1","Frobnicate",{}]"#, "NotImplemented"),
                (#"[2,"2","Reset",{"type":"Soft"}]"#, "NotSupported"),
                (#"[2,"3","Authorize",{}]"#, "OccurenceConstraintViolation"),
                (#"[2,"4","Authorize",{"idTag":7}]"#, "TypeConstraintViolation"),
                (#"[2,"5","Authorize",{"idTag":"1234567890123456789012345"}]"#, "PropertyConstraintViolation"),
                (
                    #"[2,"6","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Happy"}]"#,
                    "PropertyConstraintViolation"
                ),
            ] {
                try socket.send(call)
                let answer = await answer(&messages) ?? "nothing"
                #expect(answer.hasPrefix("[4,\"") && answer.contains("\"\(code)\""), "\(call): \(answer)")
            }
            #expect(await system.uplink.starts.isEmpty)
        }
    }

    @Test func aGiantMessageEndsItsOwnConnectionOnly() async throws {
        var settings = CentralSystem.settings
        settings.maximumMessage = 100_000
        try await CentralSystem.running(["BAD": KnownSlave(), "GOOD": KnownSlave()], settings: settings) { system in
            let good = try await system.json("GOOD")
            try await good.boot()
            let socket = try await raw(system, "BAD")
            try socket.send(String(repeating: "x", count: 200_000))
            guard case .byPeer(let code, _) = await socket.closed() else {
                Issue.record("it was not closed by the central system")
                return
            }
            #expect(code == 1009)
            _ = try await good.call(HeartbeatRequest())
            try await eventually("it is gone") {
                await system.hub.slaves().first { $0.id.description == "BAD" }?.transport == nil
            }
        }
    }

    @Test func binaryRubbishIsAnsweredByTheEnd() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave()]) { system in
            let good = try await system.binary("BOX7")
            try await good.boot()
            let bad: [[UInt8]] = [
                Array("GET / HTTP/1.1\r\n\r\n".utf8), BinaryStream.magic.dropLast() + [2],
                BinaryStream.clientGreeting + [0x7F, 0xFF, 0xFF, 0xFF], BinaryStream.clientGreeting + [0, 0, 0, 0],
                BinaryStream.clientGreeting + [0, 0, 0, 3, 0x9F, 0x9F, 0x9F],
                BinaryStream.clientGreeting + [0, 0, 0, 1, 0x80],
                // A heartbeat before the hello.
                BinaryStream.clientGreeting
                    + (try BinaryFraming().encode(.frame(.call(id: "1", action: "Heartbeat", payload: [:])))),
            ]
            for bytes in bad {
                for _ in 0..<3 {
                    let line = try await system.loop.connectStream(host: "127.0.0.1", port: system.binaryPort)
                    try line.send(bytes)
                    await line.closed()
                }
            }
            // The same rubbish of the same address is told once, and once more when it is of another kind.
            #expect(system.log.filter { $0.contains("no hello") }.count <= bad.count)
            _ = try await good.call(HeartbeatRequest())
        }
    }

    @Test func aFrameThatIsNoneAfterTheHelloEndsTheConnection() async throws {
        try await CentralSystem.running(["BOX7": KnownSlave(), "BOX8": KnownSlave()]) { system in
            let good = try await system.binary("BOX8")
            try await good.boot()
            for bytes: [UInt8] in [
                [0, 0, 0, 2, 0xFF, 0xFF], [0x01, 0, 0, 0], [0, 0, 0, 2, 0x81, 0x18],
                try BinaryFraming().encode(.hello(BinaryHello(chargePointId: "BOX8"))),
            ] {
                let line = try await BinaryLine(system.loop, system.binaryPort)
                _ = try await line.challenge()
                try line.send(.hello(BinaryHello(chargePointId: "BOX7")))
                guard case .welcome? = try await line.message() else {
                    Issue.record("it was not let in")
                    continue
                }
                try line.stream.send(bytes)
                while await line.frame() != nil {}
            }
            _ = try await good.call(HeartbeatRequest())
            #expect(await system.hub.slaves().first { $0.id.description == "BOX8" }?.transport == .binary)
        }
    }

    @Test func aSlaveThatAnswersNothingIsDropped() async throws {
        var settings = CentralSystem.settings
        settings.callTimeout = .milliseconds(100)
        try await CentralSystem.running(["BOX7": KnownSlave()], settings: settings) { system in
            let device = try await system.device("ocpp://BOX7")
            let slave = try await system.json("BOX7")
            try await slave.boot()
            try await eventually("it is online") { device.isOnline }
            await slave.change { $0.silent = Set(Action.allCases) }
            try await eventually("it is dropped") { device.isSilent }
            try await eventually("its connection is closed") { await slave.isClosed }
            guard case .silent(_, let reason) = device.link else {
                Issue.record("\(String(describing: device.link))")
                return
            }
            #expect(reason == "it left three calls unanswered")
        }
    }
}
