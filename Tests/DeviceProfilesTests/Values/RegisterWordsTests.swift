import DeviceProfiles
import DriverAPI
import Testing

/// The fixtures of the examples, as registers.
@Suite struct RegisterWordsTests {
    private func exacts(_ texts: [String]) throws -> [Exact] { try texts.map { try exact($0) } }

    @Test func floatsOfAFixture() throws {
        let numbers = try exacts(["230.5", "229.75", "231.0"])
        #expect(try RegisterWords.numbers(numbers, .f32) == [0x4366, 0x8000, 0x4365, 0xC000, 0x4367, 0])
        #expect(
            try RegisterWords.numbers(numbers, .f32, order: .wordSwapped) == [
                0x8000, 0x4366, 0xC000, 0x4365, 0, 0x4367,
            ])
    }

    @Test func integersOfAFixture() throws {
        #expect(try RegisterWords.numbers([11_040_000], .u32) == [0x00A8, 0x7500])
        #expect(try RegisterWords.numbers([-1, 2], .s32) == [0xFFFF, 0xFFFF, 0, 2])
        #expect(try RegisterWords.numbers([1_234_567], .u64, order: .little) == [0x87D6, 0x1200, 0, 0])
    }

    @Test func plainListsTakeWordsAndNegativeNumbers() throws {
        #expect(try RegisterWords.word(65535) == 65535)
        #expect(try RegisterWords.word(-1) == 0xFFFF)
        #expect(try RegisterWords.word(-32768) == 0x8000)
        #expect(throws: ValueProblem.outside("65536", "-32768 to 65535")) { try RegisterWords.word(65536) }
        #expect(throws: ValueProblem.outside("-32769", "-32768 to 65535")) { try RegisterWords.word(-32769) }
        #expect(try RegisterWords.bit(1) == 1)
        #expect(throws: ValueProblem.outside("2", "0 or 1")) { try RegisterWords.bit(2) }
    }

    @Test func textsOfAFixture() throws {
        #expect(
            try RegisterWords.text("PB123456", .ascii, words: 8)
                == [0x5042, 0x3132, 0x3334, 0x3536, 0, 0, 0, 0])
        #expect(try RegisterWords.text("04A1B2C3", .hex) == [0x04A1, 0xB2C3])
        #expect(try RegisterWords.text("04A1B2C3000000000000", .hex) == [0x04A1, 0xB2C3, 0, 0, 0])
        #expect(try RegisterWords.text("Gä", .utf16, words: 3) == [0x47, 0xE4, 0])
        #expect(try RegisterWords.text("5.12", .ascii, words: 2, order: .byteSwapped) == [0x2E35, 0x3231])
    }

    @Test func whatDoesNotFitIsTold() throws {
        #expect(throws: ValueProblem.doesNotFit("70000", .u16)) { try RegisterWords.numbers([70000], .u16) }
        #expect(throws: ValueProblem.doesNotFit("1.5", .u16)) { try RegisterWords.numbers(exacts(["1.5"]), .u16) }
        #expect(throws: ValueProblem.notAList(.ascii)) { try RegisterWords.numbers([1], .ascii) }
        #expect(throws: ValueProblem.notAText(.u16)) { try RegisterWords.text("1", .u16, words: 1) }
        #expect(throws: ValueProblem.wordsMissing(.ascii)) { try RegisterWords.text("A", .ascii) }
        #expect(throws: ValueProblem.textDoesNotFit("ABC", .ascii, words: 1)) {
            try RegisterWords.text("ABC", .ascii, words: 1)
        }
    }
}
