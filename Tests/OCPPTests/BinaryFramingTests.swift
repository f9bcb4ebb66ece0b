import Testing

@testable import OCPP

@Suite struct BinaryFramingTests {
    private let framing = BinaryFraming(maximumFrame: 1 << 20)

    private func json(_ frame: Frame) throws -> Frame {
        try JSONFraming(reader: JSONReader(maximumBytes: 1 << 22)).decode(JSONFraming().encode(frame))
    }

    private func throughBinary(_ frame: Frame, _ action: Action? = nil) throws -> Frame? {
        let bytes = try framing.encode(.frame(frame), answering: action)
        #expect(bytes.count - 4 == bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) })
        guard case .frame(let found) = try framing.decode(Array(bytes.dropFirst(4)), actionOfCall: { _ in action })
        else { return nil }
        return found
    }

    @Test(arguments: Action.allCases)
    func everyValidMessageIsTheSameAfterBinary(action: Action) throws {
        var generator = MessageGenerator(seed: UInt64(action.number) * 31 + 5)
        for number in 0..<150 {
            let call = try json(
                .call(id: String(number), action: action.rawValue, payload: generator.object(action.requestRule)))
            #expect(try throughBinary(call) == call)
            let result = try json(.result(id: String(number), payload: generator.object(action.responseRule)))
            #expect(try throughBinary(result, action) == result)
        }
    }

    @Test func errorsAreTheSameAfterBinary() throws {
        for code in ErrorCode.allCases {
            let error = Frame.error(id: "5", CallError(code, "why", details: ["value": .string("x"), "own": .null]))
            #expect(try throughBinary(error) == error)
        }
    }

    /// What no table has goes as it is: unknown actions, properties, codes, values and their types.
    @Test func whatNoTableHasIsSentAsItIs() throws {
        let payload: JSONObject = [
            "vendor": .object(["status": .string("Accepted"), "n": .number(JSONNumber(-15, exponent: -1))]),
            "type": .string("Medium"), "list": .array([.null, .bool(true), .number(JSONNumber(7, exponent: 40))]),
        ]
        for name in ["Reset", "MakeCoffee"] {
            let call = Frame.call(id: "1", action: name, payload: payload)
            #expect(try throughBinary(call) == call)
        }
        let error = Frame.error(id: "1", CallError(sentCode: "VendorError", "", details: [:]))
        #expect(try throughBinary(error) == error)
        let late = Frame.result(id: "9", payload: ["status": .string("Accepted")])
        #expect(try throughBinary(late) == late)
    }

    @Test func momentsThatAreNotWrittenAsOursStayTexts() throws {
        for text in ["2026-11-21T09:30:00+01:00", "2026-11-21T08:30:00.100000Z", "2026-11-21T08:30:00", "soon"] {
            let call = Frame.call(id: "1", action: "ReserveNow", payload: ["expiryDate": .string(text)])
            #expect(try throughBinary(call) == call)
        }
    }

    @Test func aNumberWhereATextBelongsIsNotSentAsIfItWereTheText() {
        let call = Frame.call(id: "1", action: "Reset", payload: ["type": .number(JSONNumber(0))])
        #expect(throws: BinaryProblem.self) { try framing.encode(.frame(call)) }
    }

    /// An array of four: the type 2, the id 7, the action, an empty map; and the length of four bytes in front.
    @Test func aHeartbeatTakesNineBytes() throws {
        let number = try #require(Action.allCases.firstIndex(of: .heartbeat))
        let bytes = try framing.encode(.frame(.call(id: "7", action: "Heartbeat", payload: [:])))
        #expect(bytes == [0, 0, 0, 5, 0x84, 0x02, 0x07, UInt8(number), 0xa0])
        #expect(try framing.encode(.ping) == [0, 0, 0, 2, 0x81, 0x08])
        #expect(try framing.encode(.pong) == [0, 0, 0, 2, 0x81, 0x09])
    }

    @Test(arguments: ["", "x", "-1", "01", "1.0", "18446744073709551616"])
    func idsThatAreNoNumbersCannotBeSent(id: String) {
        #expect(throws: BinaryProblem.badId(id)) {
            try framing.encode(.frame(.call(id: id, action: "Heartbeat", payload: [:])))
        }
    }

    /// Messages as they occur on a site: the sum must stay below 40 % of JSON's.
    @Test func theCorpusTakesLessThanFortyPercentOfJSON() throws {
        let corpus = MessageCorpus.frames()
        #expect(Set(corpus.map(\.action)).count == Action.allCases.count)
        var binary = 0
        var text = 0
        for frame in corpus {
            let action = frame.action
            text += JSONFraming().encode(frame.frame).count
            let bytes = try framing.encode(.frame(frame.frame), answering: action)
            binary += bytes.count
            #expect(try throughBinary(frame.frame, action) == frame.frame)
        }
        #expect(Double(binary) < 0.4 * Double(text), "\(binary) of \(text) bytes")
    }

    @Test func framesAboveTheLimitAreNotSent() {
        let long = Frame.call(
            id: "1", action: "DataTransfer", payload: ["data": .string(String(repeating: "x", count: 100))])
        #expect(throws: BinaryProblem.tooLarge(bytes: 109, limit: 64)) {
            try BinaryFraming(maximumFrame: 64).encode(.frame(long))
        }
    }

    @Test(
        arguments: [
            [], [0x80], [0x01], [0xa0], [0x81, 0x05], [0x81, 0x20], [0x82, 0x08, 0x00], [0x83, 0x02, 0x01, 0x00],
            [0x84, 0x02, 0x61, 0x31, 0x00, 0xa0], [0x84, 0x02, 0x20, 0x00, 0xa0], [0x84, 0x02, 0x01, 0xf6, 0xa0],
            [0x84, 0x02, 0x01, 0x00, 0xa1, 0xf6, 0x00], [0x84, 0x02, 0x01, 0x00, 0xa1, 0x00, 0x41, 0x00],
            [0x84, 0x02, 0x01, 0x00, 0xa2, 0x00, 0x00, 0x65, 0x76, 0x61, 0x6c, 0x75, 0x65, 0x00],
            [0x83, 0x03, 0x01, 0x80, 0x00], [0x84, 0x00, 0xf5, 0x60, 0x00], [0x83, 0x00, 0xf5, 0x60], [0x81, 0x00],
            [0x84, 0x02, 0x01, 0x00, 0xa1, 0x00, 0xc4, 0x80], [0x84, 0x02, 0x01, 0x00, 0xa1, 0x00, 0xc2, 0x41, 0x01],
            [0x84, 0x02, 0x01, 0x00, 0xa1, 0x00, 0x1b, 255, 255, 255, 255, 255, 255, 255, 255],
            [0x84, 0x02, 0x01, 0x00, 0xa1, 0x04, 0xc1, 0x1b, 0x7f, 255, 255, 255, 255, 255, 255, 255],
        ] as [[UInt8]])
    func malformedFramesAreProblems(bytes: [UInt8]) {
        #expect(throws: FrameProblem.self) { try framing.decode(bytes) }
    }

    @Test func unknownNumbersOfALaterVersionAreNamesThatNobodyKnows() throws {
        let call: [UInt8] = [0x84, 0x02, 0x01, 0x19, 0x03, 0xe8, 0xa1, 0x19, 0x03, 0xe9, 0x00]
        #expect(
            try framing.decode(call)
                == .frame(.call(id: "1", action: "#1000", payload: ["#1001": .number(JSONNumber(0))])))
        let reset = try #require(Action.allCases.firstIndex(of: .reset))
        let type = try #require(PropertyNumbers.number(of: "type"))
        let unknown: [UInt8] = [0x84, 0x02, 0x01, UInt8(reset), 0xa1, 0x18, UInt8(type), 0x05]
        guard case .frame(.call(_, let action, let payload)) = try framing.decode(unknown) else { return }
        #expect(throws: CallError(.typeConstraintViolation, "type must be a string, not a number")) {
            try ReceivedCall(action: action, payload: payload, at: .chargePoint)
        }
    }

    @Test func greetingsAreReadBack() throws {
        for message in [
            BinaryMessage.hello(BinaryHello(chargePointId: "CP#002", challenge: [1, 2], key: [3])),
            .hello(BinaryHello(chargePointId: "")),
            .welcome(now: Timestamp(seconds: 1_795_249_800), heartbeatInterval: 300),
            .refusal(reason: "unknown"), .ping, .pong,
        ] {
            #expect(try framing.decode(Array(framing.encode(message).dropFirst(4))) == message)
        }
    }

    /// RFC 4231, test cases 1 and 2: the challenge and the id are the two halves of the text.
    @Test func theMACIsHMACSHA256() throws {
        let one = BinaryHello(
            chargePointId: "There", challenge: Array("Hi ".utf8), key: [UInt8](repeating: 0x0b, count: 20))
        #expect(hex(one.mac) == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        let two = BinaryHello(
            chargePointId: "for nothing?", challenge: Array("what do ya want ".utf8), key: Array("Jefe".utf8))
        #expect(hex(two.mac) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func aForgedOrReplayedHelloIsNotGenuine() {
        let key = Array("secret".utf8)
        let challenge = [UInt8](repeating: 7, count: 32)
        let hello = BinaryHello(chargePointId: "CP#2", challenge: challenge, key: key)
        #expect(hello.isGenuine(challenge: challenge, key: key))
        #expect(!hello.isGenuine(challenge: [UInt8](repeating: 8, count: 32), key: key))
        #expect(!hello.isGenuine(challenge: challenge, key: Array("Secret".utf8)))
        #expect(!BinaryHello(chargePointId: "CP#3", mac: hello.mac).isGenuine(challenge: challenge, key: key))
        #expect(!BinaryHello(chargePointId: "CP#2", mac: []).isGenuine(challenge: challenge, key: key))
        #expect(!BinaryHello(chargePointId: "CP#2").isGenuine(challenge: challenge, key: key))
    }

    private func hex(_ bytes: [UInt8]?) -> String {
        (bytes ?? []).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
