import OCPP
import Storage

/// What the site's OCPP is doing at one moment; the document of `GET /api/v1/ocpp`.
public struct OCPPStatus: Codable, Hashable, Sendable {
    /// The way to the backend.
    public struct Backend: Codable, Hashable, Sendable {
        /// Its URL without the ChargePointID.
        public var url: String
        /// The ChargePointID the site has there.
        public var charge_point: String
        /// online, waiting (connected, but the backend has not accepted the boot) or offline.
        public var link: String
        /// More about the link, in words.
        public var link_text: String?
        /// Since when the connection stands, or is gone, in UTC; nil before the first one.
        public var since: String?
    }

    /// One connector of the station.
    public struct Connector: Codable, Hashable, Sendable {
        /// The number the backend sees.
        public var connector: Int
        /// The box's id in the site file.
        public var box: String
        /// box (the host runs its transactions), slave or removed.
        public var kind: String
        /// Its status (OCPP 1.6, 7.7).
        public var status: String
        /// What is wrong with it (OCPP 1.6, 7.6); nil if nothing is.
        public var error: String?
        /// More about the status; nil for nothing.
        public var info: String?
        /// Since when the status lasts, in UTC.
        public var since: String
        /// The local id of the transaction that runs; nil if none does.
        public var transaction: Int?
        /// When that began, in UTC.
        public var start: String?
        /// What was charged in it, in Wh.
        public var energy_wh: Int?
    }

    /// What waits for backends, former ones too.
    public struct Queue: Codable, Hashable, Sendable {
        /// How many messages wait.
        public var waiting = 0
        /// Since when the first of them has waited, in UTC; nil when none waits.
        public var oldest: String?
        /// How many could not be delivered; they wait for `chargehost ocpp resend`.
        public var undelivered = 0
    }

    /// The way to the backend; nil on a site without one.
    public var backend: Backend?
    /// The connectors, by their numbers; empty on a site without a backend.
    public var connectors: [Connector] = []
    /// What waits and what could not be delivered.
    public var queue = Queue()
}

extension OCPPStatus.Queue {
    init(_ queues: [QueueSummary]) {
        waiting = queues.reduce(0) { $0 + $1.waiting }
        oldest = queues.compactMap(\.oldest).min().map { "\($0)" }
        undelivered = queues.reduce(0) { $0 + $1.undelivered }
    }
}

extension OCPPStatus.Connector {
    init(_ view: ConnectorView, box: String) {
        let kind =
            switch view.kind {
            case .box: "box"
            case .slave: "slave"
            case .removed: "removed"
            }
        self.init(
            connector: view.number, box: box, kind: kind, status: view.status.rawValue,
            error: view.errorCode == .noError ? nil : view.errorCode.rawValue, info: view.info,
            since: "\(WallTime(view.since))", transaction: view.transaction?.id,
            start: view.transaction.map { "\(WallTime($0.start))" },
            energy_wh: view.transaction.map { $0.meterLast - $0.meterStart })
    }
}
