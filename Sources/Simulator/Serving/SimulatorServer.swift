import DriverAPI
import Modbus

/// Serves simulated devices over real Modbus: any number on TCP ports, serial lines and pseudo-terminals, by one thread.
///
/// On TCP a device answers its own unit id only, and as many clients at once as its profile says.
public final class SimulatorServer: Sendable {
    private let server: ModbusServer
    private let site: SimulatedSite?

    /// Starts the server's thread; devices of `site` move on with it. Throws when the system has no descriptor left.
    public init(site: SimulatedSite? = nil) throws(ServerError) {
        server = try ModbusServer()
        self.site = site
    }

    /// Serves units on a TCP address; port 0 takes a free one, which the result names.
    @discardableResult
    public func serve(
        _ units: [UInt8: SimulatedDevice], on host: String = "127.0.0.1", port: Int
    ) throws(ServerError) -> Listener {
        try server.listen(on: host, port: port, rules: rules(units), handler: handlers(units))
    }

    /// Serves units on a TCP address with RTU frames, as simple serial servers do.
    @discardableResult
    public func serveRTU(
        _ units: [UInt8: SimulatedDevice], on host: String = "127.0.0.1", port: Int
    ) throws(ServerError) -> Listener {
        try server.listen(on: host, port: port, framing: .rtu, rules: rules(units), handler: handlers(units))
    }

    /// Serves units on a serial line.
    @discardableResult
    public func serve(
        _ units: [UInt8: SimulatedDevice], line path: String, _ parameters: LineParameters
    ) throws(ServerError) -> Listener {
        try server.serve(line: path, parameters, handler: handlers(units))
    }

    /// Serves units at a pseudo-terminal, with bytes at the speed of the line it stands for.
    @discardableResult
    public func serve(
        _ units: [UInt8: SimulatedDevice], terminal: PseudoTerminal, as parameters: LineParameters
    ) throws(ServerError) -> Listener {
        try server.serve(terminal, as: parameters, handler: handlers(units))
    }

    /// Serves units wherever an endpoint says.
    @discardableResult
    public func serve(_ units: [UInt8: SimulatedDevice], at endpoint: Endpoint) throws(ServerError) -> Listener {
        switch endpoint {
        case .tcp(let host, let port): try serve(units, on: host, port: port)
        case .rtuOverTCP(let host, let port): try serveRTU(units, on: host, port: port)
        case .serial(let path, let parameters): try serve(units, line: path, parameters)
        }
    }

    /// Stops serving one place.
    public func stop(_ listener: Listener) async { await server.stop(listener) }

    /// Closes the connections of one place, as a device that restarts does.
    public func disconnectClients(of listener: Listener) async { await server.disconnectClients(of: listener) }

    /// Stops everything.
    public func close() { server.close() }

    private func handlers(_ units: [UInt8: SimulatedDevice]) -> UnitHandlers {
        let site = site
        return UnitHandlers(units.mapValues { DeviceUnit(device: $0, site: site) })
    }

    private func rules(_ units: [UInt8: SimulatedDevice]) -> ListenerRules {
        ListenerRules(clients: units.values.compactMap(\.profile.link.clients).min() ?? ListenerRules().clients)
    }
}
