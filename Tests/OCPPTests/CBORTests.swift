import Testing

@testable import OCPP

@Suite struct CBORTests {
    private func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.utf8.count, by: 2).compactMap {
            UInt8(hex.dropFirst($0).prefix(2), radix: 16)
        }
    }

    /// Examples of RFC 8949, appendix A.
    @Test(arguments: [
        ("00", CBORValue.unsigned(0)), ("17", .unsigned(23)), ("1818", .unsigned(24)), ("1903e8", .unsigned(1000)),
        ("1b000000e8d4a51000", .unsigned(1_000_000_000_000)), ("1bffffffffffffffff", .unsigned(.max)),
        ("20", .negative(0)), ("3863", .negative(99)), ("3bffffffffffffffff", .negative(.max)),
        ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null),
        ("c11a514b67b0", .tagged(1, .unsigned(1_363_896_240))),
        ("4401020304", .bytes([1, 2, 3, 4])), ("6449455446", .text("IETF")), ("62c3bc", .text("ü")),
        (
            "8301820203820405",
            .array([.unsigned(1), .array([.unsigned(2), .unsigned(3)]), .array([.unsigned(4), .unsigned(5)])])
        ),
        (
            "a201020304",
            .map([.init(key: .unsigned(1), value: .unsigned(2)), .init(key: .unsigned(3), value: .unsigned(4))])
        ),
        ("c48221196ab3", .tagged(4, .array([.negative(1), .unsigned(27315)]))),
    ])
    func examplesOfTheStandardAreReadAndWritten(hex: String, value: CBORValue) throws {
        #expect(try CBORReader.read(bytes(hex)) == value)
        var writer = CBORWriter()
        writer.write(value)
        #expect(writer.bytes == bytes(hex))
    }

    @Test(arguments: [
        ("", CBORProblem.unexpectedEnd(offset: 0)), ("18", .unexpectedEnd(offset: 0)), ("0000", .trailing(offset: 1)),
        ("6161ff", .trailing(offset: 2)), ("62c328", .notUTF8(offset: 0)), ("1c", .malformed(offset: 0)),
        ("fb3ff199999999999a", .unused(kind: "a float", offset: 0)), ("f97e00", .unused(kind: "a float", offset: 0)),
        ("9f01ff", .unused(kind: "an indefinite length", offset: 0)), ("f7", .unused(kind: "undefined", offset: 0)),
        ("bf6161019f0203ffff", .unused(kind: "an indefinite length", offset: 0)),
        ("ff", .unused(kind: "a break", offset: 0)), ("a201020103", .duplicateKey(offset: 0)),
        ("9bffffffffffffffff", .unexpectedEnd(offset: 9)), ("9a00ffffff00", .unexpectedEnd(offset: 5)),
        ("bbffffffffffffffff", .unexpectedEnd(offset: 9)), ("7bffffffffffffffff00", .unexpectedEnd(offset: 0)),
        ("5b7fffffffffffffff00", .unexpectedEnd(offset: 0)), ("a101", .unexpectedEnd(offset: 2)),
    ])
    func whatIsNoItemOfOursIsRefused(hex: String, problem: CBORProblem) {
        #expect(throws: problem) { try CBORReader.read(bytes(hex)) }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: CBORProblem.tooDeep(limit: 16)) {
            try CBORReader.read([UInt8](repeating: 0x81, count: 60_000) + [0])
        }
        #expect(throws: CBORProblem.tooDeep(limit: 16)) {
            try CBORReader.read([UInt8](repeating: 0xc1, count: 60_000) + [0])
        }
        #expect(throws: Never.self) { try CBORReader.read([UInt8](repeating: 0x81, count: 16) + [0]) }
    }
}
