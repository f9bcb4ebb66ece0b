import Testing

@testable import Host

@Suite struct HTTPTextTests {
    @Test func aRequestSurvivesItsWay() throws {
        let request = ControlRequest(
            method: "POST", path: "/api/v1/devices/box one/command", query: ["wait": "a b&c"], body: Array("{}".utf8))
        guard case .complete(let found) = HTTPText.request(HTTPText.text(request)) else {
            Issue.record("the request was not understood")
            return
        }
        #expect(found == request)
    }

    @Test func everyPartOfARequestIsWaitedFor() {
        let whole = HTTPText.text(ControlRequest(method: "POST", path: "/x", body: Array("12345".utf8)))
        for end in 0..<whole.count {
            guard case .incomplete = HTTPText.request(Array(whole[..<end])) else {
                Issue.record("\(end) of \(whole.count) bytes were taken for all")
                return
            }
        }
    }

    @Test(arguments: [
        "GARBAGE\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nContent-Length: lots\r\n\r\n",
    ])
    func nonsenseIsRefused(_ text: String) {
        guard case .bad(let response) = HTTPText.request(Array(text.utf8)) else {
            Issue.record("it was not refused")
            return
        }
        #expect(response.status == 400)
    }

    @Test func aBodyWithoutEndIsRefusedBeforeItIsRead() {
        guard
            case .bad(let response) = HTTPText.request(
                Array("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n".utf8))
        else {
            Issue.record("it was not refused")
            return
        }
        #expect(response.status == 413)
    }
}
