import Testing

@testable import Host

/// What a scan is told to ask.
@Suite struct ScanTargetTests {
    @Test func aHostIsAskedOnAllUsualPorts() throws {
        let target = try ScanTarget("192.168.2.40")
        #expect(target.hosts == ["192.168.2.40"])
        #expect(target.ports == [502, 503, 1502, 4701])
    }

    @Test func aPortIsAskedAlone() throws {
        #expect(try ScanTarget("192.168.2.40:4701") == ScanTarget("192.168.2.40:4701"))
        #expect(try ScanTarget("192.168.2.40:4701").ports == [4701])
        #expect(try ScanTarget("[fd00::7]:502").hosts == ["fd00::7"])
        #expect(try ScanTarget("box.local").hosts == ["box.local"])
    }

    /// RFC 4632: the first address of a network names it, the last is its broadcast.
    @Test func aNetworkIsItsHosts() throws {
        let whole = try ScanTarget("192.168.2.0/24")
        #expect(whole.hosts.count == 254)
        #expect(whole.hosts.first == "192.168.2.1")
        #expect(whole.hosts.last == "192.168.2.254")
        #expect(whole.count == 254 * 4)
        #expect(try ScanTarget("192.168.2.77/24") == whole)
        #expect(try ScanTarget("10.1.2.5/30").hosts == ["10.1.2.5", "10.1.2.6"])
        #expect(try ScanTarget("10.1.2.4/31").hosts == ["10.1.2.4", "10.1.2.5"])
        #expect(try ScanTarget("10.1.2.4/32").hosts == ["10.1.2.4"])
        #expect(try ScanTarget("172.16.16.0/20").hosts.count == 4094)
        #expect(try ScanTarget("172.16.16.0/20").hosts.last == "172.16.31.254")
        #expect(try ScanTarget("255.255.255.0/24").hosts.last == "255.255.255.254")
    }

    @Test(arguments: ["10.0.0.0/19", "10.0.0.0/8", "0.0.0.0/0"]) func aLargeNetworkIsRefused(_ text: String) throws {
        let error = #expect(throws: ScanError.self) { try ScanTarget(text) }
        #expect(error?.description.contains("4096") == true)
        #expect(error?.description.contains("192.168.2.0/24") == true)
    }

    @Test(arguments: [
        "", "/24", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/24", "256.0.0.0/24", "10.0.0.0/24/8", "a/24",
        "fd00::/64", "10.0.0.1:0", "10.0.0.1:70000", "rtu+tcp://10.0.0.1:4196", "/dev/ttyUSB0", "ocpp://a",
        "01.0.0.0/24",
    ])
    func whatIsNoTargetIsRefusedInWords(_ text: String) throws {
        let error = #expect(throws: ScanError.self) { try ScanTarget(text) }
        #expect((error?.description.count ?? 0) > 40)
    }

    @Test func unitsAreListsAndRanges() throws {
        #expect(try ScanUnits.parse("7", on: 1...247) == [7])
        #expect(try ScanUnits.parse("3-5,1,20,4", on: 1...247) == [1, 3, 4, 5, 20])
        #expect(try ScanUnits.parse("0-255", on: 0...255).count == 256)
    }

    @Test(arguments: ["", "0", "248", "5-3", "1-", "-3", "1,,2", "a", "1-2-3", "+1", "1 2", "99999999999999999999"])
    func whatAreNoUnitsIsRefused(_ text: String) {
        #expect(throws: ScanError.self) { try ScanUnits.parse(text, on: 1...247) }
    }
}
