import DeviceProfiles
import DriverAPI
import Testing

@Suite struct TextTypeTests {
    @Test func asciiIsCutAtBothEnds() {
        #expect(place(.ascii, words: 4).raw(from: [0x5042, 0x3132, 0x3334, 0x3536]) == .text("PB123456"))
        #expect(place(.ascii, words: 4).raw(from: [0x2041, 0x4220, 0x0000, 0x2000]) == .text("AB"))
        #expect(place(.ascii, words: 2).raw(from: [0x0000, 0x4142]) == .text("AB"))
        #expect(place(.ascii, words: 2).raw(from: [0, 0]) == .text(""))
        #expect(place(.ascii, words: 2).raw(from: [0x4120, 0x4200]) == .text("A B"))
    }

    @Test func asciiWithExchangedBytes() {
        #expect(place(.ascii, words: 2, order: .byteSwapped).raw(from: [0x4241, 0x0043]) == .text("ABC"))
        #expect(place(.ascii, words: 2, order: .byteSwapped).words(for: .text("ABC")) == [0x4241, 0x0043])
        #expect(place(.ascii, words: 2, order: .wordSwapped).raw(from: [0x4142, 0x4300]) == .text("ABC"))
    }

    @Test(arguments: [[0x4107, 0x4200], [0x410A, 0x4200], [0xFFFF, 0xFFFF], [0x4100, 0x4200], [0x7F41, 0x4243]])
    func controlCharactersAndForeignBytesAreNoData(words: [UInt16]) {
        #expect(place(.ascii, words: 2).raw(from: words) == nil)
    }

    @Test func utf16IsOneUnitAWord() {
        #expect(place(.utf16, words: 3).raw(from: [0x0047, 0x00E4, 0]) == .text("Gä"))
        #expect(place(.utf16, words: 2, order: .byteSwapped).raw(from: [0x4700, 0xE400]) == .text("Gä"))
        #expect(place(.utf16, words: 2).raw(from: [0xD83D, 0xDD0C]) == .text("🔌"))
        #expect(place(.utf16, words: 2).raw(from: [0xD83D, 0x0041]) == nil)
        #expect(place(.utf16, words: 3).words(for: .text("Gä")) == [0x0047, 0x00E4, 0])
    }

    @Test func hexKeepsTrailingZeros() {
        #expect(place(.hex, words: 2).raw(from: [0x04A1, 0xB2C3]) == .text("04A1B2C3"))
        #expect(place(.hex, words: 3).raw(from: [0x04A1, 0xB200, 0]) == .text("04A1B2000000"))
        #expect(place(.hex, words: 1, order: .byteSwapped).raw(from: [0x04A1]) == .text("A104"))
        #expect(place(.hex, words: 3).words(for: .text("04a1B2")) == [0x04A1, 0xB200, 0])
        #expect(place(.hex, words: 1).words(for: .text("04A1B2")) == nil)
        #expect(place(.hex, words: 1).words(for: .text("04G1")) == nil)
        #expect(place(.hex, words: 1).words(for: .text("041")) == nil)
    }

    @Test func textTooLongOrWithControlsHasNoWords() {
        #expect(place(.ascii, words: 2).words(for: .text("ABCDE")) == nil)
        #expect(place(.ascii, words: 2).words(for: .text("A\nB")) == nil)
        #expect(place(.utf16, words: 1).words(for: .text("AB")) == nil)
        #expect(place(.u16).words(for: .text("A")) == nil)
    }

    /// 0x0107 is 1.0.7 (language, "Types"); 0x0118 in BCD is 1.18 (SDM630); 30507 is 3.05.07 (KEBA).
    @Test func versionsAreTakenApartFromTheTop() {
        #expect(
            place(.version, words: 1, split: .bits([8, 4, 4], bcd: false)).raw(from: [0x0107]) == .version([1, 0, 7]))
        #expect(place(.version, words: 1, split: .bits([8, 8], bcd: true)).raw(from: [0x0118]) == .version([1, 18]))
        #expect(place(.version, words: 1, split: .bits([8, 8], bcd: false)).raw(from: [0x0118]) == .version([1, 24]))
        #expect(place(.version, words: 1, split: .bits([8, 8], bcd: true)).raw(from: [0x01A8]) == nil)
        #expect(
            place(.version, words: 2, split: .digits([1, 2, 2])).raw(from: [0, 30507]) == .version([3, 5, 7]))
        #expect(
            place(.version, words: 2, split: .digits([1, 2, 2])).raw(from: [1, 44971]) == .version([11, 5, 7]))
        #expect(place(.version, words: 1).raw(from: [0x0203]) == .version([2, 3]))
        #expect(place(.version, words: 1, split: .bits([4, 4], bcd: false)).raw(from: [0x12FF]) == .version([1, 2]))
    }

    @Test func versionsWriteBack() {
        let bits = place(.version, words: 1, split: .bits([8, 4, 4], bcd: false))
        #expect(bits.words(for: .version([1, 0, 7])) == [0x0107])
        #expect(bits.words(for: .version([1, 16, 7])) == nil)
        #expect(bits.words(for: .version([1, 0])) == nil)
        #expect(place(.version, words: 1, split: .bits([8, 8], bcd: true)).words(for: .version([1, 18])) == [0x0118])
        #expect(place(.version, words: 2, split: .digits([1, 2, 2])).words(for: .version([3, 5, 7])) == [0, 30507])
    }

    @Test(
        arguments: [
            ("5.12", [5, 12]), ("0.6", [0, 6]), ("v1.0.7", [1, 0, 7]), ("V2.3-rc1", [2, 3]), ("0562", [562]),
            ("3.", [3]),
        ] as [(String, [Int])])
    func textIsAVersionByItsDots(text: String, parts: [Int]) throws {
        let place = place(.ascii, words: 8, split: .text)
        let words = try RegisterWords.text(text, .ascii, words: 8)
        #expect(place.raw(from: words) == .version(parts))
    }

    @Test func textWithoutNumbersIsNoVersion() throws {
        let place = place(.ascii, words: 8, split: .text)
        #expect(place.raw(from: try RegisterWords.text("beta", .ascii, words: 8)) == nil)
        #expect(place.raw(from: [UInt16](repeating: 0, count: 8)) == nil)
        #expect(place.words(for: .version([5, 12])) == (try RegisterWords.text("5.12", .ascii, words: 8)))
    }

    @Test func momentsAreSecondsOrText() {
        let seconds = point(.datetime, kind: .number(.s))
        #expect(seconds.decode([0x6A6D, 0xE0C0]).value == .number(1_785_585_856))
        let text = point(.datetime, kind: .text)
        #expect(text.decode([0x6A6D, 0xE0C0]).value == .text("2026-08-01T12:04:16Z"))
        #expect(text.decode([0, 0]).value == .text("1970-01-01T00:00:00Z"))
        #expect(text.decode([0x65E0, 0x5A7F]).value == .text("2024-02-29T10:20:47Z"))
        #expect(text.decode([0xFFFF, 0xFFFF]).value == .text("2106-02-07T06:28:15Z"))
    }
}
