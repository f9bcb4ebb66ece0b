import Testing

@testable import Modbus

@Suite struct AdapterNameTests {
    @Test(arguments: [
        ("usb:A10K3XYZ", AdapterName(serial: "A10K3XYZ")),
        ("usb:FTDI:A10K3XYZ", AdapterName(maker: "FTDI", serial: "A10K3XYZ")),
        ("usb:Silicon Labs:0001", AdapterName(maker: "Silicon Labs", serial: "0001")),
        ("usb:1A86:7523", AdapterName(vendor: "1a86", product: "7523")),
        ("usb:0403:6001:A10K3XYZ", AdapterName(vendor: "0403", product: "6001", serial: "A10K3XYZ")),
        ("USB:FTDI:FT4#2", AdapterName(maker: "FTDI", serial: "FT4", port: AdapterPort(interface: 2))),
        ("usb:1a86:7523@1-1.2", AdapterName(vendor: "1a86", product: "7523", socket: "1-1.2")),
        (
            "usb:110a:1410#0.3@3-2",
            AdapterName(
                vendor: "110a", product: "1410", port: AdapterPort(interface: 0, number: 3), socket: "3-2")
        ),
        ("usb:A%2CB%3A1", AdapterName(serial: "A,B:1")),
    ])
    func aNameIsReadAndWrittenBack(text: String, name: AdapterName) throws {
        #expect(try AdapterName(text) == name)
        #expect(try AdapterName(name.description) == name)
    }

    @Test(arguments: [
        "usb:", "usb::A", "usb:A:", "usb:A:B:C", "usb:A:B:C:D", "usb:A#", "usb:A#x", "usb:A#1.2.3", "usb:A@", "usb:A@1",
        "usb:A@1-x", "usb:A%2", "usb:A#256",
    ])
    func whatIsNoNameIsRefusedWithAnExample(text: String) {
        let error = #expect(throws: AddressError.adapter(text)) { try AdapterName(text) }
        #expect(error?.description.contains("usb:FTDI:A10K3XYZ") == true)
    }

    @Test func anAdapterIsNamedInAddressesAndAliases() throws {
        let defaults = Address.Defaults(aliases: ["COM1": "usb:ftdi:A10K3XYZ", "COM2": "ttyUSB0"])
        let line = LineParameters(baud: 9600)
        #expect(
            try Address("COM1,9600,8,n,1", defaults: defaults)
                == .modbus(.serial(path: "usb:ftdi:A10K3XYZ", line)))
        #expect(
            try Address("USB:1A86:7523@1-1,9600,8,n,1") == .modbus(.serial(path: "usb:1a86:7523@1-1", line)))
        #expect(throws: AddressError.relativeDevice("ttyUSB0")) {
            try Address("COM2,9600,8,n,1", defaults: defaults)
        }
    }

    @Test(arguments: [
        ("rs485", LineDirection.kernel), ("RS485-inverted", .kernelInverted), ("rts", .program),
        ("rts-inverted", .programInverted),
    ])
    func whoSwitchesTheDirectionIsTheLastPart(text: String, direction: LineDirection) throws {
        let address = try Address("/dev/ttyS1,9600,8,n,1,\(text)")
        #expect(
            address
                == .modbus(.serial(path: "/dev/ttyS1", LineParameters(baud: 9600, direction: direction))))
        #expect(try Address(address.description) == address)
    }

    @Test func anUnknownDirectionIsRefusedWithTheKnownOnes() {
        let error = #expect(throws: AddressError.self) { try Address("/dev/ttyS1,9600,8,n,1,dtr") }
        #expect(error?.description.contains("rs485, rs485-inverted, rts, rts-inverted") == true)
    }
}
