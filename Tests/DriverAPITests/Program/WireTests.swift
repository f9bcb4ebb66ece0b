import Testing

@testable import DriverAPI

@Suite struct WireTests {
    private let now = MonotonicTime(seconds: 100)

    @Test(arguments: [
        (#"{"charge":{"current_a":10}}"#, Command.charge(.current(10))),
        (#"{"charge":{"power_w":2300.5}}"#, .charge(.power(Exact(4601, over: 2) ?? 0))),
        (#"{"charge":"on"}"#, .charge(.on)), (#"{"charge":"off"}"#, .charge(.off)), (#"{"phases":1}"#, .phases(.one)),
        (#"{"phases":3}"#, .phases(.three)), (#"{"phases":"auto"}"#, .phases(.auto)), (#"{"wake_up":true}"#, .wakeUp),
        (#"{"lock":false}"#, .lock(false)), (#"{"display":"Hi"}"#, .display("Hi")),
        (#"{"set":{"point":"led","value":40}}"#, .set(point: "led", value: .number(40))),
        (#"{"set":{"point":"mode","value":"eco"}}"#, .set(point: "mode", value: .member("eco"))),
        (#"{"set":{"point":"name","text":"Box 1"}}"#, .set(point: "name", value: .text("Box 1"))),
    ])
    func commandsHaveOneFormOnTheWire(text: String, command: Command) throws {
        #expect(try Command(JSON(reading: text), at: "c") == command)
        #expect(command.json.description == text)
    }

    @Test(arguments: [
        #"{}"#, #"{"charge":{}}"#, #"{"charge":{"current_a":0}}"#, #"{"charge":{"current_a":6,"power_w":1}}"#,
        #"{"phases":2}"#, #"{"charge":"off","phases":1}"#, #"{"wake_up":false}"#, #"{"set":{"point":"x"}}"#, #"[1]"#,
    ])
    func aCommandThatSaysNothingOrTwoThingsIsRefused(text: String) throws {
        let json = try JSON(reading: text)
        #expect(throws: WireFault.self) { try Command(json, at: "c") }
    }

    @Test func aReadingIsBroughtToTheCanonicalUnitExactly() throws {
        let json = try JSON(reading: #"{"point":"power","value":6.854,"unit":"kW","quality":"good","age":0.25,"x":1}"#)
        let expected = Reading(
            point: "power", value: .number(6854), unit: .W, quality: .good,
            time: MonotonicTime(nanoseconds: 99_750_000_000))
        #expect(try Reading(json, at: "r", now: now) == expected)
    }

    @Test func aReadingWithoutQualityIsGoodOrHasNoData() throws {
        let good = try Reading(JSON(reading: #"{"point":"state","value":"C"}"#), at: "r", now: now)
        #expect(good == Reading(point: "state", value: .member("C"), quality: .good, time: now))
        let none = try Reading(JSON(reading: #"{"point":"power","value":null,"unit":"W"}"#), at: "r", now: now)
        #expect(none == Reading(point: "power", value: nil, unit: .W, quality: .noData, time: now))
    }

    @Test(arguments: [
        (#"{"value":1}"#, "r.point is missing: a text"),
        (
            #"{"point":"Power","value":1}"#,
            "r.point must be 1 to 64 letters a-z, digits, '_' and '.', not the text \"Power\""
        ),
        (#"{"point":"p","quality":"good"}"#, "r.value is missing: a reading that is good has one"),
        (
            #"{"point":"p","value":1,"quality":"fine"}"#,
            "r.quality must be one of good, suspect, stale, no-data, missing, offline, absent, not \"fine\""
        ),
        (
            #"{"point":"p","value":{}}"#,
            "r.value must be a number, true or false, a word, or a list of words, not an object"
        ),
        (#"{"point":"p","version":"1.x"}"#, "r.version must be numbers with dots between, not \"1.x\""),
        (#"{"point":"p","value":1,"age":-1}"#, "r.age must be 0 to 315360000 seconds, not -1"),
        (#"7"#, "r must be an object, not the number 7"),
    ])
    func aWrongReadingSaysWhatIsWrong(text: String, sentence: String) throws {
        let json = try JSON(reading: text)
        let fault = #expect(throws: WireFault.self) { try Reading(json, at: "r", now: now) }
        #expect(fault?.description == sentence)
    }

    @Test func aDescriptionSurvivesBothWays() throws {
        let box = DeviceDescription(
            deviceClass: .wallbox, identity: ["vendor": "go-e"], points: ["power", "state"],
            charging: ChargingAbility(
                minimum: 6, maximum: 16, step: 1, stoppable: false, switchesPhases: true,
                watchdog: .falls(to: 6, after: .milliseconds(90_500)),
                failSafe: FailSafeSettings(current: "fc", timeout: "ft", leastCurrent: 6, timeouts: 10...600),
                phaseSettling: .seconds(20), wakesCars: true, pacing: .seconds(2)))
        #expect(try DeviceDescription(JSON(reading: box.json.bytes), at: "d") == box)
        let meter = DeviceDescription(deviceClass: .meter)
        #expect(try DeviceDescription(JSON(reading: #"{"class":"meter","new":[1]}"#), at: "d") == meter)
    }

    @Test func aBoxThatCannotBeIsRefused() throws {
        for text in [
            #"{"class":"wallbox","charging":{"minimum_a":16,"maximum_a":6}}"#, #"{"class":"wallbox","charging":{}}"#,
            #"{"class":"wallbox","charging":{"maximum_a":16,"watchdog":{"falls_to_a":6}}}"#,
            #"{"class":"wallbox","charging":{"maximum_a":16,"step_a":0}}"#, #"{"class":"toaster"}"#, #"{}"#,
        ] {
            let json = try JSON(reading: text)
            #expect(throws: WireFault.self, "\(text)") { try DeviceDescription(json, at: "d") }
        }
    }

    @Test func updatesSurviveBothWays() throws {
        let reading = Reading(point: "power", value: .number(5), unit: .W, quality: .suspect, time: now)
        let updates: [DeviceUpdate] = [
            .described(DeviceDescription(deviceClass: .meter)), .readings([reading]), .link(.online),
            .link(.silent(since: MonotonicTime(seconds: 97.5), reason: "no answer")), .link(.mismatch("other")),
            .frame(MonotonicTime(seconds: 99)), .deviates(read: 16), .alarm("hot"),
        ]
        for update in updates {
            let message = try RPCMessage(line: update.notification(of: "garage", now: now).line.dropLast())
            guard case .notification(let method, let params) = message else {
                Issue.record("\(message) is no notification")
                continue
            }
            #expect(params["device"] == "garage")
            let back = try #require(try DeviceUpdate(method: method, params: params, now: now))
            #expect("\(back)" == "\(update)")
        }
    }

    @Test(arguments: [
        (#"hello"#, "the line is not JSON: 'h' cannot stand at byte 0"),
        (#"[]"#, "the line is a list, not one JSON-RPC 2.0 object"),
        (#"{"method":"x"}"#, "\"jsonrpc\" must be \"2.0\", not nothing"),
        (#"{"jsonrpc":"2.0","id":{},"method":"x"}"#, "\"id\" must be a number or a text, not an object"),
        (#"{"jsonrpc":"2.0","id":1}"#, "the object has neither \"method\" nor \"result\" nor \"error\""),
    ])
    func aWrongLineSaysWhatIsWrong(line: String, sentence: String) {
        let fault = #expect(throws: WireFault.self) { try RPCMessage(line: line.utf8) }
        #expect(fault?.description == sentence)
    }

    @Test(arguments: [
        DriverError.configuration("a"), .unreachable("b"), .mismatch("c"), .refusedByDevice("d"), .refused("e"),
        .notVerified("f"), .superseded, .unsupported("g"), .storage("h"), .closed,
    ])
    func everyErrorOfADriverSurvivesTheWire(error: DriverError) throws {
        let line = RPCMessage.failure(id: 1, RPCFailure(error)).line
        guard case .failure(1, let failure) = try RPCMessage(line: line.dropLast()) else {
            Issue.record("no failure came back")
            return
        }
        #expect(failure.driverError == error)
    }
}
