import ReadPlanning
import Testing

@testable import Modbus

@Suite struct AddressTests {
    static let defaults = Address.Defaults(
        tcpPort: 502, serial: LineParameters(baud: 19200, parity: .even), aliases: ["COM1": "/dev/ttyUSB0"])
    static let line = LineParameters(baud: 9600, data: 8, parity: .none, stop: 1)

    @Test(arguments: [
        ("192.168.2.151:4701", Endpoint.tcp(host: "192.168.2.151", port: 4701)),
        ("192.168.2.151", .tcp(host: "192.168.2.151", port: 502)),
        ("Box-7.local:1502", .tcp(host: "box-7.local", port: 1502)),
        (" wallbox ", .tcp(host: "wallbox", port: 502)),
        ("[::1]:502", .tcp(host: "::1", port: 502)),
        ("[fd00::7]", .tcp(host: "fd00::7", port: 502)),
        ("[fe80::1%eth0]:502", .tcp(host: "fe80::1%eth0", port: 502)),
        ("::1", .tcp(host: "::1", port: 502)),
        ("FD00::7", .tcp(host: "fd00::7", port: 502)),
        ("internal", .tcp(host: "127.0.0.1", port: 4701)),
        ("rtu+tcp://192.168.2.7:4196", .rtuOverTCP(host: "192.168.2.7", port: 4196)),
        ("rtu+tcp://[::1]:4196", .rtuOverTCP(host: "::1", port: 4196)),
        ("/dev/ttyUSB0,9600,8,n,1", .serial(path: "/dev/ttyUSB0", line)),
        ("COM1,9600,8,n,1", .serial(path: "/dev/ttyUSB0", line)),
        ("com1, 9600, 8, N, 1", .serial(path: "/dev/ttyUSB0", line)),
        ("COM1,2400,8,o,2", .serial(path: "/dev/ttyUSB0", LineParameters(baud: 2400, parity: .odd, stop: 2))),
        ("COM1", .serial(path: "/dev/ttyUSB0", LineParameters(baud: 19200, parity: .even))),
        ("COM1,,,N", .serial(path: "/dev/ttyUSB0", LineParameters(baud: 19200, parity: .none))),
        (
            "/dev/serial/by-id/usb-FTDI_A-if00,38400",
            .serial(
                path: "/dev/serial/by-id/usb-FTDI_A-if00", LineParameters(baud: 38400, parity: .even))
        ),
    ])
    func anEndpointIsRead(text: String, endpoint: Endpoint) throws {
        #expect(try Address(text, defaults: Self.defaults) == .modbus(endpoint))
    }

    @Test func anOCPPIdentityIsDecoded() throws {
        #expect(try Address("ocpp://GARAGE%23002") == .ocpp(identity: "GARAGE#002"))
        #expect(try Address("ocpp://GARAGE%23002").description == "ocpp://GARAGE%23002")
        #expect(try Address("ocpp://Box%C3%A4").endpoint == nil)
    }

    @Test(arguments: [
        "192.168.2.151:4701", "[::1]:502", "/dev/ttyUSB0,9600,8,n,1", "rtu+tcp://192.168.2.7:4196", "ocpp://A%20b",
        "rtu+tcp://[fd00::7]:99",
    ])
    func whatIsWrittenIsReadBack(text: String) throws {
        #expect(try Address(text).description == text)
    }

    @Test(arguments: [
        ("", AddressError.empty),
        ("  ", .empty),
        ("192.168.2.151:0", .port("0")),
        ("192.168.2.151:65536", .port("65536")),
        ("192.168.2.151:", .port("")),
        ("192.168.2.151:+5", .port("+5")),
        ("192.168.2.300", .host("192.168.2.300")),
        ("192.168.2", .host("192.168.2")),
        ("bad host", .host("bad host")),
        ("-x", .host("-x")),
        (":502", .host(":502")),
        ("1:2:3", .host("1:2:3")),
        ("[::1", .brackets("[::1")),
        ("[::1]502", .brackets("[::1]502")),
        ("[nothing]:502", .host("nothing")),
        ("COM2,9600,8,n,1", .unknownLine("COM2", known: ["COM1"])),
        ("COM2", .unknownLine("COM2", known: ["COM1"])),
        ("ttyUSB0,9600,8,n,1", .relativeDevice("ttyUSB0")),
        ("ttyUSB0", .relativeDevice("ttyUSB0")),
        ("COM1,9600,8,n,1,rts,x", .tooManyParameters("COM1,9600,8,n,1,rts,x")),
        ("rtu+tcp://192.168.2.7", .portMissing("rtu+tcp://192.168.2.7")),
        ("http://192.168.2.7", .scheme("http")),
        ("ocpp://", .identity("")),
        ("ocpp://A%2", .identity("A%2")),
        ("ocpp://A%FF", .identity("A%FF")),
        ("ocpp://a/b", .identity("a/b")),
    ])
    func aMistakeIsNamed(text: String, error: AddressError) {
        #expect(throws: error) { try Address(text, defaults: Self.defaults) }
    }

    @Test(arguments: [
        ("COM1,9601", "9601", "9600"), ("COM1,9600,7", "7", "8"), ("COM1,9600,8,x", "x", "e (even)"),
        ("COM1,9600,8,n,3", "3", "1 or 2"),
    ])
    func aWrongParameterSaysWhatItCanBe(text: String, found: String, allowed: String) {
        let error = #expect(throws: AddressError.self) { try Address(text, defaults: Self.defaults) }
        #expect(error?.description.contains(found) == true)
        #expect(error?.description.contains(allowed) == true)
    }

    @Test func aLineWithoutAnySpeedIsRefused() {
        #expect(throws: AddressError.baudMissing("/dev/ttyS0")) { try Address("/dev/ttyS0") }
    }

    @Test func sameLineWithOtherParametersIsTheSameChannelButAnotherEndpoint() throws {
        let slow = try #require(try Address("/dev/ttyUSB0,9600,8,n,1").endpoint)
        let fast = try #require(try Address("/dev/ttyUSB0,19200,8,n,1").endpoint)
        #expect(slow != fast)
        #expect(slow.channel == fast.channel)
    }
}
