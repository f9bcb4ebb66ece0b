import Testing

@testable import OCPP

@Suite struct JSONReaderTests {
    private func problem(_ text: String, _ reader: JSONReader = JSONReader()) -> JSONProblem? {
        do throws(JSONProblem) {
            _ = try reader.read(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func valuesOfEveryKindAreRead() throws {
        let value = try JSONReader().read(
            #" { "a" : [ 1, -2.50, 3e2, 0 ] , "b" : null, "c":true, "d":false, "e":"x\"\\\/\n\té\ud83d\ude00" } "#)
        let expected: JSONObject = [
            "a": .array([
                .number(JSONNumber(1)), .number(JSONNumber(-25, exponent: -1)), .number(JSONNumber(300)),
                .number(JSONNumber(0)),
            ]),
            "b": .null, "c": .bool(true), "d": .bool(false), "e": .string("x\"\\/\n\té😀"),
        ]
        #expect(value == .object(expected))
    }

    @Test(arguments: [
        ("", JSONProblem.empty), ("  ", .empty), ("[1", .unexpectedEnd), ("[1,]", .unexpected(byte: 0x5d, offset: 3)),
        ("{\"a\" 1}", .unexpected(byte: 0x31, offset: 5)), ("[1] x", .trailing(offset: 4)),
        ("{\"a\":1,\"a\":2}", .duplicateName("a", offset: 7)), ("[01]", .badNumber(offset: 1)),
        ("[1.]", .badNumber(offset: 1)), ("[-]", .badNumber(offset: 1)), ("[.5]", .unexpected(byte: 0x2e, offset: 1)),
        ("[1e]", .badNumber(offset: 1)), ("[1e401]", .badNumber(offset: 1)),
        ("[+1]", .unexpected(byte: 0x2b, offset: 1)),
        ("[1234567890123456789]", .badNumber(offset: 1)), ("\"\\x\"", .badEscape(offset: 1)),
        ("\"\\ud800\"", .badEscape(offset: 1)), ("\"\\ud800\\u0041\"", .badEscape(offset: 1)),
        ("\"\\udc00\"", .badEscape(offset: 1)), ("\"a\nb\"", .unexpected(byte: 10, offset: 2)),
        ("\"abc", .unexpectedEnd),
        ("tru", .unexpectedEnd), ("trux", .unexpected(byte: 0x78, offset: 3)),
        ("NaN", .unexpected(byte: 0x4e, offset: 0)),
        ("'a'", .unexpected(byte: 0x27, offset: 0)), ("{a:1}", .unexpected(byte: 0x61, offset: 1)),
        ("\u{feff}[]", .unexpected(byte: 0xef, offset: 0)),
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(text: String, expected: JSONProblem) {
        #expect(problem(text) == expected)
    }

    @Test func badUTF8IsRefused() {
        for bytes: [UInt8] in [[0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] {
            #expect(throws: JSONProblem.notUTF8(offset: 0)) { try JSONReader().read(bytes) }
        }
    }

    @Test func deepNestingIsRefusedAtTheLimitWithoutRecursingFurther() {
        let deep = String(repeating: "[", count: 900_000)
        #expect(problem(deep) == .tooDeep(limit: 16, offset: 16))
        let objects = String(repeating: #"{"a":"#, count: 100_000)
        #expect(problem(objects) == .tooDeep(limit: 16, offset: 80))
        let allowed = String(repeating: "[", count: 16) + String(repeating: "]", count: 16)
        #expect(problem(allowed) == nil)
    }

    @Test func aTextAboveTheLimitIsNotRead() {
        #expect(problem("[1,2,3]", JSONReader(maximumBytes: 6)) == .tooLarge(bytes: 7, limit: 6))
        #expect(problem("[1,2,3]", JSONReader(maximumBytes: 7)) == nil)
    }

    @Test func anObjectWithManyNamesFindsTheDuplicateWithoutComparingAllWithAll() {
        let names = (0..<50_000).map { "\"n\($0)\":1" }.joined(separator: ",")
        #expect(problem("{\(names)}") == nil)
        #expect(problem("{\(names),\"n7\":1}") == .duplicateName("n7", offset: names.utf8.count + 2))
    }

    @Test(arguments: [
        (JSONNumber(164, exponent: -1), "16.4"), (JSONNumber(-5, exponent: -3), "-0.005"), (JSONNumber(20), "20"),
        (JSONNumber(0, exponent: 7), "0"), (JSONNumber(3, exponent: 30), "3e30"),
        (JSONNumber(1, exponent: -25), "1e-25"),
        (JSONNumber(-1234, exponent: -2), "-12.34"),
    ])
    func numbersAreWrittenAsTheyAreAndReadBackTheSame(number: JSONNumber, text: String) throws {
        #expect(number.description == text)
        #expect(try JSONReader().read(text) == .number(number))
    }

    @Test func tenthsAreExact() throws {
        #expect(JSONNumber(164, exponent: -1).tenths == 164)
        #expect(JSONNumber(16).tenths == 160)
        #expect(JSONNumber(1645, exponent: -2).tenths == nil)
        #expect(JSONNumber(9, exponent: 18).tenths == nil)
        guard case .number(let number) = try JSONReader().read("0.30000000000000004") else {
            Issue.record("no number")
            return
        }
        #expect(number.tenths == nil)
    }

    @Test func whatIsWrittenIsReadBackTheSame() throws {
        let text = "\u{0}\u{1f}\"\\/\n\r\t\u{7f}é€😀\u{2028}"
        var writer = JSONWriter()
        writer.write(.array([.string(text), .null, .bool(false), .object(["": .array([])])]))
        #expect(
            try JSONReader().read(writer.bytes)
                == .array([.string(text), .null, .bool(false), .object(["": .array([])])]))
        #expect(String(decoding: writer.bytes.prefix(20), as: UTF8.self).hasPrefix("[\"\\u0000\\u001f\\\"\\\\/"))
    }
}
