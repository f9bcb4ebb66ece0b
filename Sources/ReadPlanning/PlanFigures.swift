/// A plan in numbers: what goes over the line and for how long.
public struct PlanFigures: Hashable, Sendable {
    /// One request.
    public struct Request: Hashable, Sendable {
        /// The unit id, where it is not the device's own.
        public var unit: UInt8?
        /// What goes out.
        public var request: ReadRequest
        /// Bytes of request and answer, framing included.
        public var bytes: Int
        /// The time on the line, silences and latency included.
        public var time: Duration
    }

    /// In the order of the plan.
    public var requests: [Request]

    /// Weighs `plan` on `line` for a unit with `latency`.
    public init(_ plan: ReadPlan, line: LineTiming, latency: Duration) {
        requests = plan.entries.map {
            let count = Int($0.request.count)
            return Request(
                unit: $0.unit, request: $0.request, bytes: line.bytes(reading: count, of: $0.request.table),
                time: line.time(reading: count, of: $0.request.table, latency: latency))
        }
    }

    /// All bytes.
    public var bytes: Int { requests.reduce(0) { $0 + $1.bytes } }
    /// All addresses read.
    public var addresses: Int { requests.reduce(0) { $0 + Int($1.request.count) } }
    /// The time on the line.
    public var time: Duration { requests.reduce(.zero) { $0 + $1.time } }

    /// The share of the line's time, 0...: more than 1 does not fit. For `units` alike, each read once per `period`.
    public func share(period: Duration, units: Int = 1) -> Double {
        period > .zero ? time * units / period : .infinity
    }
}

extension LineTiming {
    /// Bytes of a read of `count` addresses and its answer.
    ///
    /// RTU: 8 + 5 + data (Modbus over Serial Line V1.02, 2.5.1). TCP: 12 + 9 + data (Modbus Messaging on TCP/IP V1.0b,
    /// 3.1.3), without the headers of TCP and below.
    public func bytes(reading count: Int, of table: RegisterTable) -> Int {
        let data = table.isBits ? (count + 7) / 8 : 2 * count
        return if case .tcp = self { 21 + data } else { 13 + data }
    }
}
