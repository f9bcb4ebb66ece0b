import Testing

@testable import Network

@Suite struct WireFormTests {
    /// RFC 6455, 1.3.
    @Test func theAcceptKeyIsThatOfTheStandard() {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    /// RFC 4648, 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy"),
    ])
    func base64IsThatOfTheStandard(_ text: String, _ encoded: String) {
        #expect(Digest.base64(Array(text.utf8)) == encoded)
    }

    /// FIPS 180-2, A.1.
    @Test func sha1IsThatOfTheStandard() {
        #expect(Digest.hex(Digest.sha1(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    /// RFC 9110, 5.6.7; the seconds from `date -d`.
    @Test func datesAreThoseOfTheStandard() {
        #expect(HTTPDate.text(784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(1_709_208_000) == "Thu, 29 Feb 2024 12:00:00 GMT")
    }

    @Test func lengthsOfFramesTakeTheShortestForm() {
        #expect(FrameWriter.frame(.binary, []) == [0x82, 0])
        #expect(FrameWriter.frame(.text, Array("Hello".utf8)) == [0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f])
        #expect(FrameWriter.frame(.binary, [UInt8](repeating: 0, count: 125)).prefix(2) == [0x82, 125])
        #expect(FrameWriter.frame(.binary, [UInt8](repeating: 0, count: 256)).prefix(4) == [0x82, 126, 1, 0])
        #expect(
            FrameWriter.frame(.binary, [UInt8](repeating: 0, count: 65536)).prefix(10)
                == [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0])
    }

    @Test func aLongCloseReasonIsCutAtACharacter() {
        let frame = FrameWriter.close(1000, String(repeating: "ä", count: 100))
        #expect(frame[1] == 124)
        #expect(String(validating: frame.dropFirst(4), as: UTF8.self) == String(repeating: "ä", count: 61))
    }

    @Test(arguments: [
        ("X-A", "a\r\nb"), ("X-A", "a\nb"), ("X-A", "a\u{0}"), ("X A", "b"), ("X:A", "b"), ("", "b"), ("X\r\n", "b"),
    ])
    func fieldsThatSplitAResponseAreNotSent(_ name: String, _ value: String) {
        var headers = HTTPHeaders()
        headers.add(name, value)
        let head = ResponseHead.encode(.ok, headers, defaults: [:], framing: [:], date: "now")
        #expect(throws: ResponseHead.Unsendable.self) { try head.get() }
    }

    @Test func aHandlerCannotWriteTheFramingOfTheServer() throws {
        let head = try ResponseHead.encode(
            .ok, ["content-length": "7", "TRANSFER-ENCODING": "chunked", "X-A": "b"], defaults: ["x-a": "c", "D": "e"],
            framing: ["Content-Length": "3"], date: "now"
        ).get()
        #expect(
            String(decoding: head, as: UTF8.self)
                == "HTTP/1.1 200 OK\r\nX-A: b\r\nD: e\r\nContent-Length: 3\r\nDate: now\r\n\r\n")
    }
}
