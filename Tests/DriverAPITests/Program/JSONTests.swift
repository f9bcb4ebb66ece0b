import DriverAPI
import Testing

@Suite struct JSONTests {
    @Test func decimalsStayExact() throws {
        let json = try JSON(reading: #"{"a": 0.1, "b": 123456789012345678.901234567890123456, "c": -2.5e-3, "d": 1E2}"#)
        #expect(json["a"]?.number == Exact(1, over: 10))
        #expect(json["b"]?.number == Exact(text: "123456789012345678.901234567890123456"))
        #expect(json["c"]?.number == Exact(-1, over: 400))
        #expect(json["d"]?.number == 100)
        #expect(
            json.description == #"{"a":0.1,"b":123456789012345678.901234567890123456,"c":-0.0025,"d":100}"#)
    }

    @Test func aSetPointThatIsNoDecimalIsCutTowardsZero() throws {
        let third = try #require(Exact(20, over: 3))
        #expect(JSON.number(third).description == "6.666666666")
        #expect(JSON.number(third.negated).description == "-6.666666666")
    }

    @Test(arguments: [
        ("", JSON.Fault.empty), ("{", .unfinished), ("[1,]", .unexpected(byte: 0x5d, place: 3)),
        ("{\"a\":1,\"a\":2}", .repeatedName("a", place: 7)), ("01", .badNumber(place: 0)), ("1.", .badNumber(place: 0)),
        ("\"\\ud800\"", .badText(place: 1)), ("nul", .unfinished), ("1 2", .unexpected(byte: 0x32, place: 2)),
        ("\"a\nb\"", .unexpected(byte: 0x0a, place: 2)), ("1e99", .badNumber(place: 0)),
        ("NaN", .unexpected(byte: 0x4e, place: 0)),
        (String(repeating: "9", count: 37), .badNumber(place: 0)),
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(text: String, fault: JSON.Fault) {
        #expect(throws: fault) { try JSON(reading: text) }
    }

    @Test func nestingAndLengthAreBounded() {
        let deep = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        #expect(throws: Never.self) { try JSON(reading: deep) }
        #expect(throws: JSON.Fault.tooDeep(limit: 16, place: 16)) { try JSON(reading: "[" + deep + "]") }
        let long = "\"" + String(repeating: "x", count: JSON.longest - 1) + "\""
        #expect(throws: JSON.Fault.tooLong(limit: 262_144)) { try JSON(reading: long) }
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: JSON.Fault.badText(place: 0)) { try JSON(reading: [0x22, 0xff, 0x22] as [UInt8]) }
    }

    @Test func textsSurviveBothWays() throws {
        let text = "a\"b\\c\n\u{1}\u{7f}ä😀"
        #expect(try JSON(reading: JSON.string(text).bytes) == .string(text))
        #expect(try JSON(reading: #""\u00e4\ud83d\ude00\/""#) == "ä😀/")
    }
}
