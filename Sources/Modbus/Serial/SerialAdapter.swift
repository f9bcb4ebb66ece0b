/// One port of a USB serial adapter that is plugged in.
public struct SerialAdapter: Hashable, Sendable {
    /// The device file, which may be another one after re-plugging: /dev/ttyUSB0.
    public var path: String
    /// The vendor's number, four lower-case hexadecimal digits (USB 2.0, 9.6.1: idVendor).
    public var vendor: String
    /// The product's number, four lower-case hexadecimal digits (idProduct).
    public var product: String
    /// The maker's name as the adapter tells it; nil where it tells none.
    public var maker: String?
    /// The product's name as the adapter tells it.
    public var title: String?
    /// The serial number; cheap adapters have none, or all the same.
    public var serial: String?
    /// The USB socket that it is plugged into, as the kernel numbers it: 1-1.2.
    public var socket: String
    /// Which of the adapter's ports: interface 0…255 and, where one interface has several, the port in it.
    public var port: AdapterPort

    /// Makes one.
    public init(
        path: String, vendor: String, product: String, maker: String? = nil, title: String? = nil,
        serial: String? = nil, socket: String, port: AdapterPort = AdapterPort()
    ) {
        self.path = path
        self.vendor = vendor
        self.product = product
        self.maker = maker
        self.title = title
        self.serial = serial
        self.socket = socket
        self.port = port
    }

    /// What to write for it, so that it names no other of `all`: maker and serial number where it has one, else the
    /// numbers of its kind; the port where it has several; the socket where nothing else tells it from others.
    public func name(among all: [SerialAdapter]) -> AdapterName {
        var name = AdapterName(vendor: vendor, product: product)
        if let serial, !serial.isEmpty {
            name = AdapterName(maker: maker, serial: serial)
            // A maker's name that reads like something else, or that is not there.
            let isShared = name.matches(in: all).contains { $0.socket != socket }
            if maker == nil || isShared || (try? AdapterName(name.description)) != name {
                name = AdapterName(vendor: vendor, product: product, serial: serial)
            }
        }
        let isAlone = { (name: AdapterName) in name.matches(in: all).allSatisfy { $0.path == path } }
        if !isAlone(name), all.contains(where: { $0.socket == socket && $0.path != path }) { name.port = port }
        if !isAlone(name) { name.socket = socket }
        return name
    }
}

/// A port of an adapter that has several: the USB interface, and the port in it.
public struct AdapterPort: Hashable, Sendable, Comparable {
    /// The number of the USB interface (bInterfaceNumber).
    public var interface: Int
    /// The port in it; more than 0 only for adapters with several ports in one interface.
    public var number: Int

    /// Makes one; the first by default.
    public init(interface: Int = 0, number: Int = 0) {
        self.interface = interface
        self.number = number
    }

    /// By interface, then by number.
    public static func < (a: Self, b: Self) -> Bool { (a.interface, a.number) < (b.interface, b.number) }
}

extension AdapterPort: CustomStringConvertible {
    /// `1`, or `0.3` for the fourth port of an interface.
    public var description: String { number == 0 ? "\(interface)" : "\(interface).\(number)" }
}
