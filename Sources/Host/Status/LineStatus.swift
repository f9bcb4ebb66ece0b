import DriverAPI
import Modbus

/// What one line or TCP endpoint did since it was first used; an entry of `GET /api/v1/lines`.
public struct LineStatus: Codable, Sendable, Hashable {
    /// What one unit did.
    public struct Unit: Codable, Sendable, Hashable {
        /// The unit id.
        public var unit: Int
        /// The devices of the site that it is; empty for units that only a proxy's clients ask.
        public var devices: [String]
        /// Requests that went out.
        public var requests: Int
        /// Requests that failed, by kind.
        public var errors: Errors
        /// Moving average of the time from a request to the end of its answer, in ms; nil before the first answer.
        public var latency_ms: Double?
        /// What 95 % of the last 64 answers took at most, in ms.
        public var latency_95_ms: Double?
    }

    /// Requests that failed, by kind.
    public struct Errors: Codable, Sendable, Hashable {
        /// Refused by the device with an exception.
        public var exceptions = 0
        /// Not answered in time.
        public var timeouts = 0
        /// Answered with something that was no answer: wrong checksum, length, unit or function.
        public var garbled = 0
        /// Ended by a broken connection or a pulled adapter.
        public var broken = 0

        /// All but exceptions, which are answers.
        public var lost: Int { timeouts + garbled + broken }
    }

    /// The address, as the site file writes it.
    public var line: String
    /// tcp, serial or rtu+tcp.
    public var kind: String
    /// Whether it is open, as far as known.
    public var is_open: Bool
    /// Why it is not.
    public var trouble: String?
    /// How often it was opened.
    public var opened: Int
    /// How much of the last minute it was occupied by requests, answers and the waiting for them, in %.
    public var load_percent: Double
    /// Requests that went out.
    public var requests: Int
    /// Requests that failed, by kind.
    public var errors: Errors
    /// Bytes of all requests, with what the line carries around them.
    public var bytes_sent: Int
    /// Bytes of all answers that were whole frames.
    public var bytes_received: Int
    /// The units that were asked, by their ids.
    public var units: [Unit]
}

extension LineStatus {
    /// The figures of a bus; `devices` are the ids at a unit.
    init(_ endpoint: Endpoint, _ figures: BusStatistics, devices: (Int) -> [String]) {
        units = figures.units.sorted { $0.key < $1.key }.map { unit, figures in
            Unit(
                unit: Int(unit), devices: devices(Int(unit)), requests: figures.requests, errors: Errors(figures),
                latency_ms: figures.averageLatency.map(LineStatus.milliseconds),
                latency_95_ms: figures.latency95.map(LineStatus.milliseconds))
        }
        line = "\(endpoint)"
        kind =
            switch endpoint {
            case .tcp: "tcp"
            case .serial: "serial"
            case .rtuOverTCP: "rtu+tcp"
            }
        is_open = figures.connects > 0 && figures.trouble == nil
        trouble = figures.trouble
        opened = figures.connects
        load_percent = (figures.load * 1000).rounded() / 10
        requests = units.reduce(0) { $0 + $1.requests }
        errors = units.reduce(into: Errors()) { $0.add($1.errors) }
        bytes_sent = figures.units.values.reduce(0) { $0 + $1.bytesSent }
        bytes_received = figures.units.values.reduce(0) { $0 + $1.bytesReceived }
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        (duration.inSeconds * 100_000).rounded() / 100
    }
}

extension LineStatus.Errors {
    fileprivate init(_ figures: BusStatistics.Unit) {
        self.init(
            exceptions: figures.exceptions, timeouts: figures.timeouts, garbled: figures.garbled,
            broken: figures.broken)
    }

    fileprivate mutating func add(_ other: Self) {
        exceptions += other.exceptions
        timeouts += other.timeouts
        garbled += other.garbled
        broken += other.broken
    }
}
