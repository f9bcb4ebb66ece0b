import Testing

@testable import Network

@Suite struct RequestTargetTests {
    private func target(_ text: String) throws(Refusal) -> RequestTarget { try RequestTarget(Array(text.utf8)[...]) }

    private func status(_ text: String) -> Int? {
        do {
            _ = try target(text)
            return nil
        } catch { return error.status.code }
    }

    @Test func pathsAndQueriesAreDecoded() throws {
        let target = try target("/ocpp/CP%20A%2B1?a=1&b=x+y%26z&flag&=v&a=2")
        #expect(target.path == "/ocpp/CP A+1")
        #expect(target.query.map(\.name) == ["a", "b", "flag", "", "a"])
        #expect(target.query.map(\.value) == ["1", "x y&z", "", "v", "2"])
    }

    @Test func aPlusInAPathIsAPlus() throws { #expect(try target("/a+b").path == "/a+b") }

    @Test func charactersOutsideASCIIAreDecodedAsUTF8() throws {
        #expect(try target("/K%C3%BChlhaus?n=%E2%82%AC").path == "/Kühlhaus")
        #expect(status("/K%FChlhaus") == 400)
        #expect(status("/a?x=%C3") == 400)
    }

    @Test(arguments: [
        "/..", "/../etc/passwd", "/a/../b", "/a/..", "/./a", "/a/.", "/%2e%2e/etc", "/%2E%2e", "/.%2e/x", "/a/%2e/b",
        "/a%2fb", "/..%2f..%2fetc", "/a%2Fb", "/a\\b", "/a%5cb", "/..%5c",
    ])
    func pathsThatCanBeReadInTwoWaysAreRefused(_ path: String) { #expect(status(path) == 400) }

    @Test(arguments: ["/...", "/.well-known/x", "/a..b", "/..a", "/a.", "/%2e%2e%2e"])
    func dotsInsideNamesAreNames(_ path: String) { #expect(status(path) == nil) }

    @Test(arguments: [
        "/a%00b", "/a%0d%0ab", "/a%7f", "/%", "/%4", "/%zz", "/a#b", "/a?x=%00", "/ü", "/a\tb", "/a\u{1}",
    ])
    func controlCharactersAndBrokenEscapesAreRefused(_ path: String) { #expect(status(path) == 400) }

    @Test func absoluteTargetsNameTheHost() throws {
        #expect(try target("http://box.example:81/a?b=c").authority == "box.example:81")
        #expect(try target("http://box.example:81/a?b=c").path == "/a")
        #expect(try target("HTTP://box.example").path == "/")
        #expect(try target("http://box.example?q=1").query == [HTTPQueryItem(name: "q", value: "1")])
    }

    @Test(arguments: ["*", "a", "http:///a", "ftp://x/", "box.example:80", "http://"])
    func otherFormsAreRefused(_ text: String) { #expect(status(text) == 400) }
}
