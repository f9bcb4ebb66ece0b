import ReadPlanning

/// Where a device is, as the site file writes it.
public enum Address: Hashable, Sendable {
    /// Reached by Modbus.
    case modbus(Endpoint)
    /// A charge point that connects to us; the identity that it names, decoded.
    case ocpp(identity: String)

    /// What an address may leave out, and what its short names stand for.
    public struct Defaults: Hashable, Sendable {
        /// The TCP port, from the profile.
        public var tcpPort: Int
        /// The serial parameters, from the profile; nil where the device has no RTU.
        public var serial: LineParameters?
        /// The site file's `serial` section: COM1 → /dev/ttyUSB0 or usb:FTDI:A10K3XYZ. Names match without regard to case.
        public var aliases: [String: String]

        /// Makes defaults; without arguments port 502 and nothing serial.
        public init(tcpPort: Int = 502, serial: LineParameters? = nil, aliases: [String: String] = [:]) {
            self.tcpPort = tcpPort
            self.serial = serial
            self.aliases = aliases
        }
    }

    /// The Modbus endpoint; nil for OCPP.
    public var endpoint: Endpoint? {
        if case .modbus(let endpoint) = self { return endpoint }
        return nil
    }

    /// `internal`: the box that this program runs in.
    public static let internalEndpoint = Endpoint.tcp(host: "127.0.0.1", port: 4701)
}

extension Address: CustomStringConvertible {
    /// The address as the site file writes it.
    public var description: String {
        switch self {
        case .modbus(let endpoint): endpoint.description
        case .ocpp(let identity): "ocpp://" + PercentText.encode(identity)
        }
    }
}
