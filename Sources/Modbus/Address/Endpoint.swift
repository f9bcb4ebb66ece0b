import ReadPlanning

/// One exclusive channel: a serial line, or a TCP endpoint. Devices with equal endpoints share a bus.
public enum Endpoint: Hashable, Sendable {
    /// Modbus TCP.
    case tcp(host: String, port: Int)
    /// Modbus RTU on a serial line: the device file, or an ``AdapterName``.
    case serial(path: String, LineParameters)
    /// Modbus RTU frames over a TCP connection, as simple serial servers carry them.
    case rtuOverTCP(host: String, port: Int)

    /// The time model of the channel.
    public var timing: LineTiming {
        if case .serial(_, let parameters) = self { return parameters.timing }
        return .tcp
    }

    /// What it occupies: the same for two endpoints that cannot be open at once.
    ///
    /// Two devices that give the same serial line different parameters differ as endpoints and clash here.
    public var channel: String {
        switch self {
        case .serial(let path, _): path
        case .tcp, .rtuOverTCP: description
        }
    }

    /// Whether frames are RTU frames; on such a line only the units 1 to 247 can be asked.
    public var isRTU: Bool {
        if case .tcp = self { return false }
        return true
    }
}

extension Endpoint: CustomStringConvertible {
    /// The address as the site file writes it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): "\(Endpoint.bracketed(host)):\(port)"
        case .serial(let path, let parameters): "\(path),\(parameters)"
        case .rtuOverTCP(let host, let port): "rtu+tcp://\(Endpoint.bracketed(host)):\(port)"
        }
    }

    static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}
