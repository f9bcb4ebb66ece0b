import Testing

@testable import OCPP

@Suite struct FramingTests {
    private let framing = JSONFraming()

    private func problem(_ text: String) -> FrameProblem? {
        do throws(FrameProblem) {
            _ = try framing.decode(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func theThreeMessagesOfTheStandardAreRead() throws {
        #expect(
            try framing.decode(#"[2,"19223201","BootNotification",{"chargePointVendor":"VendorX"}]"#)
                == .call(
                    id: "19223201", action: "BootNotification", payload: ["chargePointVendor": .string("VendorX")]))
        #expect(
            try framing.decode(#"[3,"19223201",{"interval":300}]"#)
                == .result(id: "19223201", payload: ["interval": .number(JSONNumber(300))]))
        let error = CallError(.notImplemented, "what?", details: ["a": .null])
        #expect(try framing.decode(#"[4,"1","NotImplemented","what?",{"a":null}]"#) == .error(id: "1", error))
        #expect(try framing.decode(#"[4,"1","SomethingElse"]"#).id == "1")
    }

    @Test func whatIsWrittenIsReadBackTheSame() throws {
        let frames: [Frame] = [
            .call(id: "a-1", action: "Heartbeat", payload: [:]), .result(id: "x", payload: ["k": .string("ü\"")]),
            .error(id: "", CallError(.internalError, "disk\nfull", details: ["free": .number(JSONNumber(0))])),
        ]
        for frame in frames { #expect(try framing.decode(framing.encode(frame)) == frame) }
        #expect(
            String(decoding: framing.encode(frames[0]), as: UTF8.self) == #"[2,"a-1","Heartbeat",{}]"#)
    }

    @Test(arguments: [
        "hello", "{}", "\"x\"", "[]", "[9]", "[9,\"1\",{}]", "[\"2\",\"1\",\"Heartbeat\",{}]",
        "[2.5,\"1\",\"Heartbeat\",{}]",
        "[2]", "[2,7,\"Heartbeat\",{}]", "[2,\"\",\"Heartbeat\",{}]", "[2,null,\"Heartbeat\",{}]",
        "[2,\"1234567890123456789012345678901234567\",\"Heartbeat\",{}]", "[3,\"1\"]", "[3,\"1\",[]]", "[4,\"1\"]",
        "[4,\"1\",5,\"\",{}]", "[2,\"1\",\"Heartbeat\",{}", "[4,\"1\",\"a\",\"b\",{},1]",
    ])
    func whatCannotBeAnsweredIsAProblemWithoutAnAnswer(text: String) throws {
        let found = try #require(problem(text))
        #expect(found.answer == nil)
        #expect(!found.description.isEmpty)
    }

    @Test(arguments: [
        "[2,\"7\"]", "[2,\"7\",\"Heartbeat\"]", "[2,\"7\",\"Heartbeat\",[]]", "[2,\"7\",\"Heartbeat\",\"{}\"]",
        "[2,\"7\",5,{}]", "[2,\"7\",\"Heartbeat\",{},1]",
    ])
    func aCallWithAnIdIsAnsweredEvenWhenItIsMalformed(text: String) throws {
        guard case .error("7", let error)? = try #require(problem(text)).answer else {
            Issue.record("no answer")
            return
        }
        #expect(error.code == .formationViolation)
    }

    @Test func codesOfLaterVersionsAreUnderstood() {
        #expect(ErrorCode(sent: "OccurrenceConstraintViolation") == .occurenceConstraintViolation)
        #expect(ErrorCode(sent: "FormatViolation") == .formationViolation)
        #expect(ErrorCode(sent: "Whatever") == .genericError)
        #expect(ErrorCode.occurenceConstraintViolation.rawValue == "OccurenceConstraintViolation")
    }
}
