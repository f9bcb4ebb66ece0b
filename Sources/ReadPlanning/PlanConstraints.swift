/// What a device allows in one read request; the profile's `modbus` section without its numbering.
public struct PlanConstraints: Hashable, Sendable {
    /// The most addresses in one request, per table; missing: the standard's.
    public var maxRead: [RegisterTable: Int]
    /// Readable islands per table, sorted, apart; missing: everything is readable.
    public var readable: [RegisterTable: [ClosedRange<Int>]]
    /// Addresses that are never read nor bridged.
    public var forbidden: [RegisterTable: [ClosedRange<Int>]]
    /// Islands that answer only when read exactly.
    public var whole: [RegisterTable: [ClosedRange<Int>]]
    /// Whether a request may cover addresses that no point asked for.
    public var bridging: Bool
    /// Whether a request may hold more than one item.
    public var merging: Bool
    /// The function code that reads each table; missing: the standard's.
    public var readFunction: [RegisterTable: UInt8]
    /// Learned: addresses that no request may bridge (a gap that was refused).
    public var barriers: [RegisterTable: Set<Int>]
    /// Learned: addresses where a request must begin anew; none may cover one of these and the address before it.
    public var borders: [RegisterTable: Set<Int>]

    /// Makes constraints; without arguments, those of the standard.
    public init(
        maxRead: [RegisterTable: Int] = [:], readable: [RegisterTable: [ClosedRange<Int>]] = [:],
        forbidden: [RegisterTable: [ClosedRange<Int>]] = [:], whole: [RegisterTable: [ClosedRange<Int>]] = [:],
        bridging: Bool = true, merging: Bool = true, readFunction: [RegisterTable: UInt8] = [:],
        barriers: [RegisterTable: Set<Int>] = [:], borders: [RegisterTable: Set<Int>] = [:]
    ) {
        self.maxRead = maxRead
        self.readable = readable
        self.forbidden = forbidden
        self.whole = whole
        self.bridging = bridging
        self.merging = merging
        self.readFunction = readFunction
        self.barriers = barriers
        self.borders = borders
    }
}
