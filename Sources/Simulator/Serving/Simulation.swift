import DeviceProfiles
import DriverAPI
import Modbus

/// Several devices out of profiles, served together: what `simulate` runs.
public struct Simulation: Sendable {
    /// One device, and where it ended up.
    public struct Place: Sendable {
        /// What was asked for.
        public var order: SimulationOrder
        /// The device.
        public var device: SimulatedDevice
        /// Its unit id.
        public var unit: UInt8
        /// Where it can be reached; the real port where 0 was asked for.
        public var endpoint: Endpoint
    }

    /// The devices in the order of the orders.
    public let places: [Place]
    /// The server behind them.
    public let server: SimulatorServer

    /// Makes and serves the devices; orders with one endpoint share it.
    ///
    /// Throws ``SimulationProblem`` for what cannot be right, `ServerError` for a place that cannot be had.
    public init(
        _ orders: [(order: SimulationOrder, document: ProfileDocument)], start: MonotonicTime
    ) throws {
        var places: [Place] = []
        for (order, document) in orders {
            let device =
                try places.first { $0.order.isSameKind(as: order) }.map {
                    SimulatedDevice(like: $0.device, start: start)
                } ?? SimulatedDevice(document, fixture: order.fixture, options: order.options, start: start)
            let endpoint = try order.endpoint(of: document.profile)
            let unit = try order.unitID(of: document.profile, on: endpoint)
            let isTaken = places.contains { $0.unit == unit && $0.endpoint == endpoint && !$0.endpoint.takesAnyPort }
            if isTaken { throw SimulationProblem.twice(unit: unit, place: "\(endpoint)") }
            device.wake(at: start)
            places.append(Place(order: order, device: device, unit: unit, endpoint: endpoint))
        }
        server = try SimulatorServer()
        self.places = try Simulation.serve(places, by: server)
    }

    /// Serves the devices, those of one endpoint together; the places as they came out.
    private static func serve(_ wanted: [Place], by server: SimulatorServer) throws -> [Place] {
        var places = wanted
        var done: Set<Int> = []
        for index in wanted.indices where !done.contains(index) {
            let endpoint = wanted[index].endpoint
            let together =
                endpoint.takesAnyPort ? [index] : wanted.indices.filter { wanted[$0].endpoint == endpoint }
            let units = Dictionary(
                together.map { (wanted[$0].unit, wanted[$0].device) }, uniquingKeysWith: { a, _ in a })
            let found: Endpoint
            if case .serial(SimulationOrder.pseudoTerminal, let parameters) = endpoint {
                let terminal = try PseudoTerminal()
                try server.serve(units, terminal: terminal, as: parameters)
                found = .serial(path: terminal.path, parameters)
            } else {
                found = endpoint.bound(to: try server.serve(units, at: endpoint))
            }
            for index in together { places[index].endpoint = found }
            done.formUnion(together)
        }
        return places
    }

    /// Stops serving.
    public func close() { server.close() }
}

extension Endpoint {
    /// Whether the system chooses the port.
    fileprivate var takesAnyPort: Bool {
        switch self {
        case .tcp(_, let port), .rtuOverTCP(_, let port): port == 0
        case .serial: false
        }
    }

    /// The endpoint with the port that it got.
    fileprivate func bound(to listener: Listener) -> Endpoint {
        switch self {
        case .tcp(let host, _): .tcp(host: host, port: listener.port)
        case .rtuOverTCP(let host, _): .rtuOverTCP(host: host, port: listener.port)
        case .serial: self
        }
    }
}
