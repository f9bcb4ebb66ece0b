/// Why a text is no address.
public enum AddressError: Error, Hashable, Sendable {
    /// There is nothing.
    case empty
    /// The port is no number from 1 to 65535.
    case port(String)
    /// A port is needed and missing.
    case portMissing(String)
    /// A place to listen at without its port.
    case listenPort(String)
    /// Neither an IP address nor a host name.
    case host(String)
    /// `[` without `]`, or something other than a port after it.
    case brackets(String)
    /// A serial name that the site file's `serial` section does not have; the names that it has.
    case unknownLine(String, known: [String])
    /// A serial device without its folder.
    case relativeDevice(String)
    /// Not the name of a USB adapter.
    case adapter(String)
    /// A serial parameter that is none: which one, and what stands there.
    case parameter(String, found: String, allowed: String)
    /// More than five serial parameters.
    case tooManyParameters(String)
    /// No baud rate, and the profile has none either.
    case baudMissing(String)
    /// Something before `://` that is not known.
    case scheme(String)
    /// An OCPP identity that is empty or cannot be decoded.
    case identity(String)
}

extension AddressError: CustomStringConvertible {
    /// What is wrong, and what a right address looks like.
    public var description: String {
        switch self {
        case .empty:
            "the address is empty; write one like 192.168.2.151:4701, /dev/ttyUSB0,9600,8,n,1 or internal"
        case .port(let text):
            "“\(text)” is no port; a port is a number from 1 to 65535, as in 192.168.2.151:4701"
        case .portMissing(let text):
            "“\(text)” has no port; serial servers have no usual one, so write it: rtu+tcp://192.168.2.7:4196"
        case .listenPort(let text):
            "“\(text)” has no port to listen on; write 0.0.0.0:4701, or 127.0.0.1:4701 for this machine only"
        case .host(let text):
            "“\(text)” is neither an IP address nor a host name;"
                + " write 192.168.2.151:4701, box.local:502 or [fd00::7]:502"
        case .brackets(let text):
            "“\(text)” has an IPv6 address without its closing bracket or port; write [fd00::7]:502"
        case .unknownLine(let name, let known) where known.isEmpty:
            "“\(name)” is not named under serial; write serial: {\(name): /dev/ttyUSB0}, or the device itself"
        case .unknownLine(let name, let known):
            "“\(name)” is not named under serial, which has \(known.joined(separator: ", ")); name it there or write"
                + " the device itself, as in /dev/ttyUSB0,9600,8,n,1"
        case .relativeDevice(let name):
            "“\(name)” looks like a serial device; write it with its folder: /dev/\(name)"
        case .adapter(let text):
            "“\(text)” names no USB adapter; write usb:MAKER:SERIAL as in usb:FTDI:A10K3XYZ, or usb:1a86:7523 for one"
                + " without a serial number; chargehost doctor lists what is plugged in"
        case .parameter(let name, let found, let allowed):
            "“\(found)” is no \(name); it is \(allowed), as in /dev/ttyUSB0,9600,8,n,1"
        case .tooManyParameters(let text):
            "“\(text)” has more than baud, data bits, parity, stop bits and direction; write /dev/ttyUSB0,9600,8,n,1"
        case .baudMissing(let text):
            "“\(text)” has no baud rate, and the profile has none for it; write \(text),9600,8,n,1"
        case .scheme(let text):
            "“\(text)://” is not known; Modbus TCP is written 192.168.2.151:4701, RTU over TCP"
                + " rtu+tcp://192.168.2.7:4196, an OCPP box ocpp://GARAGE%23002"
        case .identity(let text):
            "“\(text)” is no charge point identity; write ocpp://GARAGE%23002, with # as %23"
        }
    }
}
