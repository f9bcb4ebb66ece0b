import Testing

@testable import Modbus

@Suite struct SerialAdaptersTests {
    @Test func whatIsPluggedInIsListedWithTheNameToWrite() throws {
        let tree = try FakeTree()
        try tree.addBuiltIn("ttyS0")
        try tree.plug(.init(socket: "1-1.2", serial: "A10K3XYZ"), as: "ttyUSB1")
        try tree.plug(
            .init(socket: "1-1.3", vendor: "1A86", product: "7523", maker: nil, title: "USB Serial"), as: "ttyUSB0")
        try tree.plug(
            .init(socket: "1-1.4", vendor: "2341", product: "0043", maker: "Arduino, Inc.", serial: "95:1"),
            as: "ttyACM0")
        let all = tree.adapters.all()
        #expect(all.map(\.path) == ["ttyACM0", "ttyUSB0", "ttyUSB1"].map(tree.path))
        #expect(
            all.map { $0.name(among: all).description }
                == ["usb:Arduino%2C Inc.:95%3A1", "usb:1a86:7523", "usb:FTDI:A10K3XYZ"])
        #expect(all[1].vendor == "1a86")
        #expect(all[2].socket == "1-1.2")
        for adapter in all { #expect(try tree.adapters.path(of: adapter.name(among: all)) == adapter.path) }
    }

    @Test func adaptersOfOneKindWithoutSerialNumbersAreToldApartByTheirSockets() throws {
        let tree = try FakeTree()
        for (socket, name) in [("1-1.1", "ttyUSB0"), ("1-1.2", "ttyUSB1")] {
            try tree.plug(.init(socket: socket, vendor: "1a86", product: "7523", maker: nil), as: name)
        }
        let error = #expect(throws: AdapterError.self) { try tree.adapters.resolved("usb:1a86:7523") }
        #expect(
            error?.description == "usb:1a86:7523 names 2 ports; write one of usb:1a86:7523@1-1.1"
                + " (\(tree.path("ttyUSB0"))), usb:1a86:7523@1-1.2 (\(tree.path("ttyUSB1")))")
        #expect(try tree.adapters.resolved("usb:1a86:7523@1-1.2") == tree.path("ttyUSB1"))
    }

    @Test func adaptersWithTheSameSerialNumberAreToldApart() throws {
        let tree = try FakeTree()
        let kind = FakeTree.Adapter(
            socket: "1-1.1", vendor: "10c4", product: "ea60", maker: "Silicon Labs", serial: "0001")
        try tree.plug(kind, as: "ttyUSB0")
        var other = kind
        other.socket = "1-1.2"
        try tree.plug(other, as: "ttyUSB1")
        let all = tree.adapters.all()
        #expect(
            all.map { $0.name(among: all).description }
                == ["usb:10c4:ea60:0001@1-1.1", "usb:10c4:ea60:0001@1-1.2"])
    }

    @Test func thePortsOfOneAdapterHaveNumbers() throws {
        let tree = try FakeTree()
        let four = FakeTree.Adapter(socket: "1-1.1", product: "6011", serial: "FT4XYZ")
        for interface in 0..<4 { try tree.plug(four, as: "ttyUSB\(3 - interface)", interface: interface) }
        let all = tree.adapters.all()
        #expect(
            all.map { $0.name(among: all).description }
                == ["usb:FTDI:FT4XYZ#3", "usb:FTDI:FT4XYZ#2", "usb:FTDI:FT4XYZ#1", "usb:FTDI:FT4XYZ#0"])
        #expect(try tree.adapters.resolved("usb:FTDI:FT4XYZ#1") == tree.path("ttyUSB2"))
        #expect(throws: AdapterError.self) { try tree.adapters.resolved("usb:FTDI:FT4XYZ") }
    }

    @Test func anAdapterThatIsAwayIsNamedWithThoseThatAreThere() throws {
        let tree = try FakeTree()
        let alone = #expect(throws: AdapterError.self) { try tree.adapters.resolved("usb:FTDI:A1") }
        #expect(
            alone?.description
                == "usb:FTDI:A1: this adapter is not plugged in, nor is any other USB serial adapter")
        try tree.plug(.init(socket: "1-1.2", serial: "B2"), as: "ttyUSB0")
        let error = #expect(throws: AdapterError.self) { try tree.adapters.resolved("usb:FTDI:A1") }
        #expect(
            error?.description
                == "usb:FTDI:A1: this adapter is not plugged in; there are usb:FTDI:B2 (\(tree.path("ttyUSB0")))")
    }

    @Test func aMachineWithoutATreeHasNoAdapters() {
        #expect(SerialAdapters(tree: "/nowhere").all().isEmpty)
    }
}
