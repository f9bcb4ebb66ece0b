import DriverAPI
import Testing

/// A box that lives in memory: it reads as told, and waits in `poll` while `isSlow`.
private actor MemoryBox: PolledBox {
    private var told: Exact = 0
    private let context: DriverContext
    private let isSlow: Bool

    init(_ context: DriverContext, isSlow: Bool) {
        self.context = context
        self.isSlow = isSlow
    }

    func describe() async throws(DriverError) -> DeviceDescription {
        DeviceDescription(
            deviceClass: .wallbox, identity: ["vendor": "Memory"], points: ["current_limit"],
            charging: ChargingAbility(maximum: 16))
    }

    func poll() async throws(DriverError) -> [Reading] {
        [Reading(point: "current_limit", value: .number(told), unit: .A, quality: .good, time: context.clock.now)]
    }

    func carryOut(_ command: Command) async throws(DriverError) -> CommandOutcome {
        if isSlow {
            do { try await context.clock.sleep(.seconds(600)) } catch { throw .unreachable("interrupted") }
        }
        guard case .charge(.current(let amperes)) = command else { throw .unsupported("only a current") }
        try await context.store.set("told", to: amperes.description)
        guard await context.store.value("told") == amperes.description else { throw .storage("lost") }
        told = amperes
        return CommandOutcome(told: amperes, verified: true)
    }
}

private struct MemoryProgram: DriverProgram {
    let name = "memory"
    let version = "1.2.3"
    func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device {
        guard device.address == "here" else { throw .configuration("there is nothing at \(device.address)") }
        return PolledDevice(
            MemoryBox(context, isSlow: device.options["slow"] == "true"), every: .milliseconds(100), context: context)
    }
}

@Suite(.timeLimit(.minutes(2))) struct SessionTests {
    private func opened(_ options: String = "{}") async throws -> SessionPeer {
        let peer = try SessionPeer(MemoryProgram())
        peer.send(
            #"{"jsonrpc":"2.0","id":1,"method":"open","params":{"device":"g","address":"here","options":\#(options)}}"#)
        #expect(await peer.answer(1)?["result"] == [:])
        return peer
    }

    @Test func theDriverSaysWhoItIs() async throws {
        let peer = try SessionPeer(MemoryProgram())
        peer.send(#"{"jsonrpc":"2.0","id":1,"method":"describe","params":{"api":1}}"#)
        #expect(await peer.answer(1)?["result"] == ["api": 1, "name": "memory", "version": "1.2.3"])
    }

    @Test func anOpenDeviceReportsByItself() async throws {
        let peer = try await opened()
        let described = await peer.next { $0["method"] == "described" }
        #expect(described?["params"]?["description"]?["charging"]?["maximum_a"] == 16)
        let readings = await peer.next { $0["method"] == "readings" }
        #expect(readings?["params"]?["device"] == "g")
        #expect(readings?["params"]?["readings"]?[0]?["point"] == "current_limit")
        peer.send(#"{"jsonrpc":"2.0","id":2,"method":"identify","params":{"device":"g"}}"#)
        #expect(await peer.answer(2)?["result"]?["identity"] == ["vendor": "Memory"])
    }

    @Test func aCommandUsesTheStoreOfTheHost() async throws {
        let peer = try await opened()
        peer.send(
            #"{"jsonrpc":"2.0","id":2,"method":"command","params":{"device":"g","command":{"charge":{"current_a":9.5}}}}"#
        )
        let set = await peer.next { $0["method"] == "store.set" }
        #expect(set?["params"] == ["device": "g", "key": "told", "value": "9.5"])
        peer.send(#"{"jsonrpc":"2.0","id":\#(set?["id"]?.description ?? ""),"result":{}}"#)
        let get = await peer.next { $0["method"] == "store.get" }
        #expect(get?["params"] == ["device": "g", "key": "told"])
        peer.send(#"{"jsonrpc":"2.0","id":\#(get?["id"]?.description ?? ""),"result":{"value":"9.5"}}"#)
        let answer = await peer.answer(2)
        #expect(answer?["result"]?["told"]?.number == Exact(19, over: 2))
        #expect(answer?["result"]?["verified"] == true)
    }

    @Test func aStoreThatFailsFailsTheCommand() async throws {
        let peer = try await opened()
        peer.send(
            #"{"jsonrpc":"2.0","id":2,"method":"command","params":{"device":"g","command":{"charge":{"current_a":8}}}}"#
        )
        let set = await peer.next { $0["method"] == "store.set" }
        peer.send(
            #"{"jsonrpc":"2.0","id":\#(set?["id"]?.description ?? ""),"error":{"code":9,"message":"disk full"}}"#)
        let answer = await peer.answer(2)
        #expect(answer?["error"]?["code"] == 9)
        #expect(answer?["error"]?["message"] == "told could not be stored: disk full")
    }

    @Test func aRequestThatIsTakenBackEndsAtOnce() async throws {
        let peer = try await opened(#"{"slow":true}"#)
        peer.send(
            #"{"jsonrpc":"2.0","id":"c","method":"command","params":{"device":"g","command":{"charge":{"current_a":8}}}}"#
        )
        peer.send(#"{"jsonrpc":"2.0","method":"cancel","params":{"id":"c"}}"#)
        let answer = await peer.next { $0["id"] == "c" }
        #expect(answer?["error"]?["code"] == 11)
    }

    @Test func ofWaitingChargeCommandsTheNewestIsCarriedOut() async throws {
        let peer = try await opened(#"{"slow":"true"}"#)
        for (id, amperes) in [(2, 8), (3, 9), (4, 10)] {
            peer.send(
                #"{"jsonrpc":"2.0","id":\#(id),"method":"command","params":{"device":"g","command":{"charge":{"current_a":\#(amperes)}}}}"#
            )
        }
        peer.send(#"{"jsonrpc":"2.0","method":"cancel","params":{"id":2}}"#)
        let third = await peer.answer(3)
        #expect(third?["error"]?["code"] == 7)
    }

    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":2,"method":"dance"}"#, -32601), (#"{"jsonrpc":"2.0","id":2,"method":"open"}"#, -32602),
        (#"{"jsonrpc":"2.0","id":2,"method":"open","params":{"device":"g","address":"nowhere"}}"#, 1),
        (#"{"jsonrpc":"2.0","id":2,"method":"read","params":{"device":"nobody"}}"#, 1),
        (#"{"jsonrpc":"2.0","id":2,"method":"scan","params":{}}"#, 8),
        (
            #"{"jsonrpc":"2.0","id":2,"method":"command","params":{"device":"g","command":{"charge":{"current_a":-1}}}}"#,
            -32602
        ),
    ])
    func whatCannotBeDoneIsAnsweredWithItsCode(line: String, code: Int) async throws {
        let peer = try SessionPeer(MemoryProgram())
        peer.send(line)
        #expect(await peer.answer(2)?["error"]?["code"] == .number(Exact(code)))
    }

    @Test(arguments: [("garbage", -32700), ("[]", -32600)])
    func aLineThatIsNoMessageIsAnsweredAndTheNextIsTaken(line: String, code: Int) async throws {
        let peer = try SessionPeer(MemoryProgram())
        peer.send(line)
        peer.send(#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#)
        #expect(await peer.next { $0["error"] != nil }?["error"]?["code"] == .number(Exact(code)))
        #expect(await peer.answer(2)?["result"] == [:])
    }

    @Test func aClosedDeviceReportsNoMoreAndCanBeOpenedAgain() async throws {
        let peer = try await opened()
        peer.send(#"{"jsonrpc":"2.0","id":2,"method":"close","params":{"device":"g","policy":"leave"}}"#)
        #expect(await peer.answer(2)?["result"] == [:])
        peer.send(#"{"jsonrpc":"2.0","id":3,"method":"read","params":{"device":"g"}}"#)
        #expect(await peer.next { $0["method"] != nil || $0["id"] == 3 }?["error"]?["code"] == 1)
        peer.send(#"{"jsonrpc":"2.0","id":4,"method":"open","params":{"device":"g","address":"here"}}"#)
        #expect(await peer.answer(4)?["result"] == [:])
    }

    @Test func theSessionEndsWhenTheHostHangsUp() async throws {
        let peer = try await opened(#"{"slow":"true"}"#)
        peer.send(
            #"{"jsonrpc":"2.0","id":2,"method":"command","params":{"device":"g","command":{"charge":{"current_a":8}}}}"#
        )
        peer.hangUp()
        await peer.running.value
    }
}
