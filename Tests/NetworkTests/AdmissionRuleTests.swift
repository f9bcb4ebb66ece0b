import Testing

@testable import Network

@Suite struct AdmissionRuleTests {
    private let inside = PeerAddress(host: "127.0.0.1", port: 8080)
    private let outside = PeerAddress(host: "192.0.2.5", port: 8080)

    private func own(_ host: String?, names: Set<String> = [], local: PeerAddress? = nil) -> Bool {
        let local = local ?? outside
        return HostRule.own(names: names).allows(host, local: local, peer: PeerAddress(host: local.host, port: 5))
    }

    @Test func ownHostsAreTheAddressAndTheNamesGiven() {
        #expect(own("192.0.2.5:8080"))
        #expect(!own("192.0.2.5"))
        #expect(!own("192.0.2.5:81"))
        #expect(!own("192.0.2.6:8080"))
        #expect(!own("evil.example:8080"))
        #expect(!own("evil.example"))
        #expect(!own(nil))
        #expect(own("box.local:8080", names: ["box.local"]))
        #expect(own("BOX.local:8080", names: ["Box.Local"]))
        #expect(!own("box.local", names: ["box.local"]))
        #expect(own("box.local", names: ["box.local:80"]))
    }

    @Test func localhostIsForThisMachineOnly() {
        #expect(own("localhost:8080", local: inside))
        #expect(!own("localhost:8080"))
    }

    @Test(arguments: [
        "192.0.2.5:8080@evil", "192.0.2.5:8080:1", "192.0.2.5:", ":8080", "", "192.0.2.5:8080/x", "[::1", "a,b",
    ])
    func brokenHostsAreNobodys(_ host: String) {
        #expect(!own(host))
        #expect(HostRule.any.allows(host, local: outside, peer: inside))
    }

    @Test func addressesOfIPv6MayBeWrittenInSeveralWays() {
        let local = PeerAddress(host: "2001:db8::7", port: 80)
        #expect(own("[2001:db8::7]", local: local))
        #expect(own("[2001:0DB8:0:0:0:0:0:7]:80", local: local))
        #expect(!own("[2001:db8::8]", local: local))
    }

    @Test func pagesOfTheSameHostAndPortAreTheOwn() {
        let rule = OriginRule.sameHost
        #expect(rule.allows([], host: "box:8080"))
        #expect(rule.allows(["http://box:8080"], host: "box:8080"))
        #expect(rule.allows(["HTTP://BOX:8080"], host: "box:8080"))
        #expect(rule.allows(["http://box"], host: "box"))
        #expect(rule.allows(["https://box"], host: "box:443"))
        for foreign in [
            "http://evil", "http://box", "http://box:81", "null", "file://", "http://box:8080.evil", "box:8080",
        ] {
            #expect(!rule.allows([foreign], host: "box:8080"))
        }
        #expect(!rule.allows(["http://box:8080", "http://box:8080"], host: "box:8080"))
        #expect(!rule.allows(["http://box:8080"], host: nil))
    }

    @Test func listedOriginsAreComparedWhole() {
        let rule = OriginRule.only(["https://site.example:8443"])
        #expect(rule.allows(["https://site.example:8443"], host: "box"))
        #expect(!rule.allows(["https://site.example"], host: "site.example"))
        #expect(!rule.allows(["http://site.example:8443"], host: "box"))
    }
}
