import Testing

@testable import OCPP

@Suite struct MessageTests {
    @Test func thereAre28OperationsAndElevenOfTheSecurityExtension() {
        #expect(Action.allCases.count == 39)
        for action in Action.allCases {
            #expect(action.request.action == action)
            #expect(action.requestRule.name == action.rawValue + ".req")
            #expect(action.responseRule.name == action.rawValue + ".conf")
        }
    }

    /// Each type must read and write exactly what its rules name, or the value of a property is lost.
    @Test(arguments: Action.allCases)
    func theTypesHoldEveryValidMessage(action: Action) throws {
        var generator = MessageGenerator(seed: UInt64(action.rawValue.utf8.count * 97 + 1))
        for _ in 0..<100 {
            let request = generator.object(action.requestRule)
            let response = generator.object(action.responseRule)
            #expect(try action.request.init(json: request).json == request)
            #expect(try action.response.init(json: response).json == response)
        }
    }

    @Test(arguments: Action.allCases)
    func withoutARequiredPropertyNoMessageIsTaken(action: Action) throws {
        var generator = MessageGenerator(seed: 7)
        for (rule, type) in zip(action.rules, [action.request, action.response] as [any Payload.Type]) {
            for field in rule.fields {
                var object = generator.object(rule)
                object[field.name] = nil
                if field.isRequired {
                    #expect(throws: Violation(path: field.name, fault: .missing)) { try type.init(json: object) }
                } else {
                    #expect(throws: Never.self) { try type.init(json: object) }
                }
            }
        }
    }

    @Test(arguments: Action.allCases)
    func aPropertyOfAnotherTypeIsATypeConstraintViolation(action: Action) throws {
        var generator = MessageGenerator(seed: 11)
        for (rule, type) in zip(action.rules, [action.request, action.response] as [any Payload.Type]) {
            for field in rule.fields {
                var object = generator.object(rule)
                let wrong: JSONValue =
                    if case .boolean = field.kind { .number(JSONNumber(1)) } else { .bool(true) }
                object[field.name] = wrong
                do throws(Violation) {
                    _ = try type.init(json: object)
                    Issue.record("\(rule.name).\(field.name) took \(wrong)")
                } catch {
                    #expect(error.code == .typeConstraintViolation)
                    #expect(error.path == field.name)
                }
            }
        }
    }

    @Test func aTextThatIsTooLongIsFoundBeforeItIsSent() {
        let status = StatusNotificationRequest(
            connectorId: 1, errorCode: .noError, info: String(repeating: "x", count: 51), status: .available)
        #expect(throws: Violation(path: "info", fault: .tooLong(characters: 51, limit: 50))) { try status.validate() }
    }

    @Test func limitsAreSentWithTheirTenth() throws {
        let period = ChargingSchedulePeriod(startPeriod: 0, limit: 16.4)
        var writer = JSONWriter()
        writer.write(period.json)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"startPeriod":0,"limit":16.4}"#)
        #expect(
            try ChargingSchedulePeriod(json: ["startPeriod": .number(JSONNumber(0)), "limit": .number(JSONNumber(16))])
                .limit == 16)
    }
}
