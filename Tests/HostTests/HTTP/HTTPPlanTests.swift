import Network
import Testing

@testable import Host

@Suite struct HTTPPlanTests {
    @Test(
        arguments: [
            ("127.0.0.1:8080", "127.0.0.1:8080"), ("0.0.0.0:80", "0.0.0.0:80"), ("[::1]:8080", "[::1]:8080"),
            ("localhost:0", "127.0.0.1:0"),
        ])
    func anAddressIsFiguresAndAPort(_ text: String, _ address: String) {
        #expect(HTTPPlan.address(text)?.description == address)
    }

    @Test(arguments: [
        "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:8080", "[127.0.0.1]:80", "site.local:80", ":80",
    ])
    func whatIsNoAddressIsNone(_ text: String) { #expect(HTTPPlan.address(text) == nil) }

    private func read(_ http: String) -> (site: Site?, problems: [String]) {
        let text = "schema: site/1\nname: x\nsupply: {limit: 16 A}\n" + http
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    @Test func withoutTheKeyThePageIsOnThisMachineOnly() {
        #expect(read("").site?.http == HTTPPlan(listen: [.loopback(port: 8080)]))
    }

    @Test func theSiteFileNamesAddressesAndNames() {
        let (site, problems) = read("http: {listen: ['127.0.0.1:8081', '0.0.0.0:8080'], names: [garage.local]}")
        #expect(problems == [])
        #expect(site?.http.listen.map(\.description) == ["127.0.0.1:8081", "0.0.0.0:8080"])
        #expect(site?.http.names == ["garage.local"])
    }

    @Test func anEmptyListServesNothing() { #expect(read("http: {listen: []}").site?.http.listen == []) }

    @Test func aWrongAddressSaysWhatToWrite() {
        #expect(
            read("http: {listen: ['garage:8080']}").problems == [
                "s.yaml:4:16 S030 http: \"garage:8080\" is no address to listen on; write figures and a port, such as "
                    + "127.0.0.1:8080 or 0.0.0.0:8080"
            ])
    }
}
