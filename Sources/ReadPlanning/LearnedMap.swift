/// What a device refused although its profile allows it: kept per profile, version, identity and firmware.
public struct LearnedMap: Hashable, Sendable, Codable {
    /// What a map holds for; with anything else it is forgotten.
    public struct Key: Hashable, Sendable, Codable {
        /// The profile's id.
        public var profile: String
        /// The profile's version.
        public var version: String
        /// Vendor, model and serial number as the device tells them.
        public var identity: String
        /// The device's firmware.
        public var firmware: String

        /// Makes a key.
        public init(profile: String, version: String, identity: String, firmware: String) {
            self.profile = profile
            self.version = version
            self.identity = identity
            self.firmware = firmware
        }
    }

    /// Addresses of one table, both ends included.
    public struct Span: Hashable, Sendable, Codable {
        /// The table.
        public var table: RegisterTable
        /// First address on the wire.
        public var first: Int
        /// Last address on the wire.
        public var last: Int

        /// Makes a span.
        public init(table: RegisterTable, first: Int, last: Int) {
            self.table = table
            self.first = first
            self.last = last
        }
    }

    /// Points that were refused even when read alone.
    public struct Absent: Hashable, Sendable, Codable {
        /// The points.
        public var points: [String]
        /// Their unit id, where it is not the device's own.
        public var unit: UInt8?
        /// Their addresses.
        public var span: Span

        /// Takes over an item.
        public init(_ item: PlanItem) {
            points = item.points
            unit = item.unit
            span = Span(table: item.table, first: item.address, last: item.range.upperBound - 1)
        }
    }

    /// Gaps that can not be bridged.
    public var barriers: [Span] = []
    /// Addresses (`first` is `last`) where a request must begin anew.
    public var borders: [Span] = []
    /// The most a request may read per table, where the device takes less than its profile says.
    public var maxRead: [RegisterTable.RawValue: Int] = [:]
    /// Points the device does not have.
    public var absent: [Absent] = []

    /// Nothing learned.
    public init() {}

    /// Forgets which points are absent, as after a reconnect; what was learned about gaps stays.
    public mutating func forgetAbsent() { absent = [] }

    /// Whether `item` was refused when read alone.
    public func isAbsent(_ item: PlanItem) -> Bool {
        absent.contains {
            guard $0.unit == item.unit, $0.span.table == item.table else { return false }
            return $0.points == item.points
                || ($0.span.first == item.address && $0.span.last == item.range.upperBound - 1)
        }
    }

    /// The profile's constraints narrowed by what was learned; an absent point is not bridged either.
    public func applied(to constraints: PlanConstraints) -> PlanConstraints {
        var result = constraints
        for span in barriers + absent.map(\.span) {
            let addresses = (0...0xFFFF).clamped(to: span.first...max(span.first, span.last))
            result.barriers[span.table, default: []].formUnion(addresses)
        }
        for border in borders { result.borders[border.table, default: []].insert(border.first) }
        for (name, limit) in maxRead {
            guard let table = RegisterTable(rawValue: name) else { continue }
            result.maxRead[table] = min(limit, constraints.maxRead[table] ?? table.standardMaxRead)
        }
        return result
    }
}
