import Testing

@testable import Network

@Suite struct FrameReaderTests {
    private func events(_ frames: [UInt8]..., limit: Int = 1 << 20, pieces: Int = .max) throws -> [FrameReader.Event] {
        var reader = FrameReader(maximumMessage: limit)
        var events: [FrameReader.Event] = []
        let bytes = frames.flatMap { $0 }
        for start in stride(from: 0, to: bytes.count, by: min(pieces, bytes.count)) {
            reader.append(bytes[start..<min(start + min(pieces, bytes.count), bytes.count)])
            while let event = try reader.next() { events.append(event) }
        }
        return events
    }

    private func code(_ frames: [UInt8]..., limit: Int = 1 << 20) -> UInt16? {
        var reader = FrameReader(maximumMessage: limit)
        reader.append(frames.flatMap { $0 })
        do {
            while try reader.next() != nil {}
            return nil
        } catch { return error.code.code }
    }

    private func frame(_ opcode: UInt8, _ text: String, final: Bool = true) -> [UInt8] {
        RawWebSocket.frame(opcode, Array(text.utf8), final: final)
    }

    /// RFC 6455, 5.7: a single-frame masked text message that contains "Hello".
    @Test func theExampleOfTheStandardIsRead() throws {
        #expect(
            try events([0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]) == [.message(.text("Hello"))]
        )
    }

    @Test(arguments: [1, 2, 3, 7, .max]) func framesMayComeInAnyPieces(_ pieces: Int) throws {
        let long = String(repeating: "ä", count: 40_000)
        let read = try events(
            frame(1, "Hel", final: false), frame(9, "now"), frame(0, "", final: false), frame(0, "lo"),
            frame(2, "\u{1}"), frame(1, long), frame(8, ""), pieces: pieces)
        #expect(
            read == [
                .ping(Array("now".utf8)), .message(.text("Hello")), .message(.binary([1])), .message(.text(long)),
                .close(1005, ""),
            ])
    }

    @Test func aCharacterMayBeCutByAFragment() throws {
        let euro = Array("€".utf8)
        let read = try events(
            RawWebSocket.frame(1, Array(euro[..<1]), final: false), RawWebSocket.frame(0, Array(euro[1...])))
        #expect(read == [.message(.text("€"))])
    }

    @Test func whatBreaksTheProtocolIsRefused() {
        #expect(code(RawWebSocket.frame(1, [65], masked: false)) == 1002)
        for reserved: UInt8 in [0x10, 0x20, 0x40] {
            #expect(code(RawWebSocket.frame(1, [65], reserved: reserved)) == 1002)
        }
        for opcode: UInt8 in [3, 7, 11, 15] { #expect(code(RawWebSocket.frame(opcode, [])) == 1002) }
        #expect(code(frame(0, "x")) == 1002)
        #expect(code(frame(1, "x", final: false), frame(1, "y")) == 1002)
        #expect(code(frame(9, "x", final: false)) == 1002)
        #expect(code(frame(9, String(repeating: "x", count: 126))) == 1002)
    }

    @Test func lengthsAreWrittenInTheirShortestForm() {
        #expect(code([0x82, 0xFE, 0, 125, 0, 0, 0, 0]) == 1002)
        #expect(code([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0]) == 1002)
        #expect(code([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) == 1002)
    }

    @Test func messagesBeyondTheLimitAreRefusedBeforeTheyCome() throws {
        #expect(code([0x82, 0xFE, 0, 200, 1, 2, 3, 4], limit: 199) == 1009)
        #expect(code([0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]) == 1009)
        #expect(code(frame(2, "abc", final: false), frame(0, "de"), limit: 4) == 1009)
        #expect(try events(frame(2, "abc", final: false), frame(0, "d"), limit: 4).count == 1)
    }

    @Test(
        arguments: [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF]] as [[UInt8]])
    func textMustBeUTF8(_ bytes: [UInt8]) {
        #expect(code(RawWebSocket.frame(1, bytes)) == 1007)
        #expect(code(RawWebSocket.frame(2, bytes)) == nil)
        #expect(code(RawWebSocket.frame(8, [0x03, 0xE8] + bytes)) == 1007)
    }

    @Test(arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535])
    func closeCodesThatMustNotBeSentAreRefused(_ number: Int) {
        #expect(code(RawWebSocket.frame(8, [UInt8(number >> 8), UInt8(number & 255)])) == 1002)
    }

    @Test(arguments: [1000, 1001, 1003, 1007, 1011, 1012, 1014, 3000, 4999])
    func otherCloseCodesAreRead(_ number: Int) throws {
        let close = RawWebSocket.frame(8, [UInt8(number >> 8), UInt8(number & 255)] + Array("bye".utf8))
        #expect(try events(close) == [.close(UInt16(number), "bye")])
    }

    @Test func aCloseCodeOfOneByteIsRefused() { #expect(code(RawWebSocket.frame(8, [3])) == 1002) }
}
