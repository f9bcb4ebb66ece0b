import Testing
import YAML

struct EncodingTests {
    private func places(_ bytes: [UInt8]) -> [String] {
        YAMLReader.read(bytes).problems.map { "\($0.mark) \($0.code.rawValue)" }
    }

    @Test func bytesThatAreNoUTF8AreReportedWithTheirPlace() {
        #expect(places(Array("a: 1\nb: ".utf8) + [0xFC] + Array("ber\n".utf8)) == ["2:4 P009"])
        #expect(places(Array("ä: ".utf8) + [0xC3]) == ["1:4 P009"])
        #expect(places([0xC0, 0x80]).first == "1:1 P009")
        #expect(places([0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80]).first == "1:4 P009")
    }

    @Test func nulAndControlCharactersAreReportedEach() {
        #expect(places("a: x\0y\nb: \u{1B}[0m\nc: \u{7F}") == ["1:5 P009", "2:4 P009", "3:4 P009"])
        #expect(message("a: \0") == "the character U+0000 is not allowed; remove it")
    }

    private func places(_ text: String) -> [String] { places(Array(text.utf8)) }

    @Test func textBehindANulIsNotSilentlyLost() {
        #expect(YAMLReader.read("a: 1\n\0b: 2\n").root == nil)
    }

    @Test func aByteOrderMarkInsideTheTextIsRefused() {
        #expect(places("a: 1\n\u{FEFF}b: 2") == ["2:1 P009"])
        #expect(places("\u{FEFF}\u{FEFF}a: 1").map { $0.suffix(4) } == ["P009"])
    }

    @Test func utf16IsRefusedInPlainWords() {
        let little: [UInt8] = [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00]
        let big: [UInt8] = [0xFE, 0xFF, 0x00, 0x61, 0x00, 0x3A]
        #expect(places(little) == ["1:1 P009"])
        #expect(YAMLReader.read(big).problems.first?.message == "the file is in UTF-16; save it as UTF-8")
    }

    @Test func aBinaryFileGivesFewProblems() {
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 128) }
        let (root, problems) = YAMLReader.read(bytes)
        #expect(root == nil)
        #expect((1...10).contains(problems.count))
    }
}
