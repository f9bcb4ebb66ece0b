import Testing

@testable import Network

@Suite struct RequestHeadTests {
    private func head(_ lines: String...) throws -> RequestHead {
        try RequestHead(Array(lines.joined(separator: "\r\n").utf8)[...])
    }

    private func status(_ lines: String...) -> Int? {
        do {
            _ = try RequestHead(Array(lines.joined(separator: "\r\n").utf8)[...])
            return nil
        } catch { return error.status.code }
    }

    @Test func fieldsAreFoundWithoutRegardToCase() throws {
        let head = try head("POST /x HTTP/1.1", "HOST: Box:1", "content-LENGTH: 12", "X-A:  one \t", "x-a: two, three")
        #expect(head.method == .post)
        #expect(head.authority == "box:1")
        #expect(head.contentLength == 12)
        #expect(head.headers.values("X-A") == ["one", "two, three"])
        #expect(head.headers.list("x-A") == ["one", "two", "three"])
    }

    @Test(arguments: [
        "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /", "GET / http/1.1", "GET / FTP/1.1", "",
        "G@T / HTTP/1.1", "GET /a b HTTP/1.1", "GET\t/\tHTTP/1.1",
    ])
    func brokenRequestLinesAreRefused(_ line: String) { #expect(status(line, "Host: a") == 400) }

    @Test func unknownMethodsAndVersionsHaveTheirOwnStatus() {
        #expect(status("BREW / HTTP/1.1", "Host: a") == 501)
        #expect(status("get / HTTP/1.1", "Host: a") == 501)
        #expect(status("GET / HTTP/2.0", "Host: a") == 505)
    }

    @Test(arguments: [
        "X-A : b", "X-A", ": b", "X A: b", " folded: b", "\tfolded", "X-A: b\u{0}", "X-A: b\rc", "X-A: \u{7}",
        "X\u{e9}: b",
    ])
    func brokenFieldsAreRefused(_ line: String) { #expect(status("GET / HTTP/1.1", "Host: a", line) == 400) }

    @Test func aBareLineFeedIsNoLineEnd() { #expect(status("GET / HTTP/1.1\nHost: a") == 400) }

    @Test func thereIsExactlyOneHost() {
        #expect(status("GET / HTTP/1.1") == 400)
        #expect(status("GET / HTTP/1.1", "Host: a", "Host: a") == 400)
        #expect(status("GET / HTTP/1.0") == nil)
        #expect(status("GET / HTTP/1.1", "Host: a") == nil)
    }

    @Test(arguments: ["-1", "+1", "1,1", "0x10", "1 1", "", "1.5", "१"])
    func lengthsThatAreNoNumberAreRefused(_ length: String) {
        #expect(status("POST / HTTP/1.1", "Host: a", "Content-Length: \(length)") == 400)
    }

    @Test func whatSmugglesIsRefused() throws {
        #expect(status("POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 1") == 400)
        #expect(status("POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Transfer-Encoding: chunked") == 411)
        #expect(status("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: xchunked") == 411)
        let huge = "99999999999999999999999999"
        #expect(try head("POST / HTTP/1.1", "Host: a", "Content-Length: \(huge)").contentLength == .max)
    }

    @Test func tooManyFieldsAreRefused() {
        let lines = ["GET / HTTP/1.1", "Host: a"] + (0..<100).map { "X-\($0): y" }
        let bytes = Array(lines.joined(separator: "\r\n").utf8)
        #expect(throws: Refusal.self) { try RequestHead(bytes[...]) }
        #expect(throws: Never.self) {
            try RequestHead(Array(lines.dropLast().joined(separator: "\r\n").utf8)[...])
        }
    }

    @Test func connectionsStayOpenAsTheVersionSays() throws {
        #expect(try head("GET / HTTP/1.1", "Host: a").keepsConnection)
        #expect(try !head("GET / HTTP/1.1", "Host: a", "Connection: x, Close").keepsConnection)
        #expect(try !head("GET / HTTP/1.0", "Host: a").keepsConnection)
        #expect(try head("GET / HTTP/1.0", "Host: a", "Connection: Keep-Alive").keepsConnection)
    }
}
