import LoadManagement

/// What became of a replay.
public struct ReplayReport: Hashable, Codable, Sendable {
    /// A tick at which the decisions differ.
    public struct DifferingTick: Hashable, Codable, Sendable {
        /// What the wall clock showed, in seconds since 1970 (UTC).
        public var time: Double
        /// Where they differ.
        public var differences: [TreeDifference]
    }

    /// The least that was left on a phase of a circuit.
    public struct LeastRoom: Hashable, Codable, Sendable {
        /// The circuit.
        public var node: String
        /// The phase: `L1`, `L2` or `L3`.
        public var phase: String
        /// What was left, in milliamperes; negative is too much.
        public var milliamperes: Int
        /// When, in seconds since 1970 (UTC).
        public var time: Double
    }

    /// So many differing ticks are kept.
    public static let mostKept = 1000

    /// How many ticks were replayed.
    public private(set) var ticks = 0
    /// The first and the last of them, in seconds since 1970 (UTC).
    public private(set) var from: Double?
    /// The last tick, in seconds since 1970 (UTC).
    public private(set) var to: Double?
    /// How many orders were given in them when they were recorded.
    public private(set) var orders = 0
    /// At how many ticks the decisions differ.
    public private(set) var differing = 0
    /// The first of these ticks.
    public private(set) var differingTicks: [DifferingTick] = []
    /// The first tick at which the memory was another one, in seconds since 1970 (UTC).
    public private(set) var memoryDiffersFrom: Double?
    /// The largest difference between two currents, in milliamperes.
    public private(set) var largestDifference: Int64 = 0
    /// The least that was left anywhere.
    public private(set) var leastRoom: LeastRoom?
    /// What else there is to say: gaps, damage, fields that were taken as empty.
    public var notes: [String] = []
    /// Whether a file is damaged.
    public var isDamaged = false

    /// A report of nothing yet.
    public init() {}

    /// Whether everything was decided as it was recorded.
    public var isEqual: Bool { differing == 0 && memoryDiffersFrom == nil }

    /// Compares the memory at the end of one segment with the beginning of the next one.
    public mutating func compare(_ memory: Memory, with next: SegmentReader) {
        guard next.isMemoryComparable, memory != next.memory, memoryDiffersFrom == nil else { return }
        memoryDiffersFrom = Double(next.header.wallClock)
    }

    /// Says which fields came after the recording was written.
    public mutating func note(assumed: Set<String>, program: String) {
        guard !assumed.isEmpty else { return }
        notes.append(
            "version \(program) wrote it; fields that came later were taken as a new site has them: "
                + assumed.sorted().joined(separator: ", "))
    }

    /// Takes up a tick; `time` is what the wall clock showed.
    public mutating func add(_ tick: ReplayedTick, time: Double) {
        ticks += 1
        from = from ?? time
        to = time
        orders += tick.recorded.decision["orders"]?.elements.count ?? 0
        for (id, node) in tick.decision.nodes {
            for phase in Phase.allCases where node.free[phase] < leastRoom?.milliamperes ?? .max {
                leastRoom = LeastRoom(node: id, phase: phase.name, milliamperes: node.free[phase], time: time)
            }
        }
        if !tick.isMemoryEqual, memoryDiffersFrom == nil { memoryDiffersFrom = time }
        guard !tick.differences.isEmpty else { return }
        differing += 1
        largestDifference = max(largestDifference, tick.differences.compactMap(\.distance).max() ?? 0)
        if differingTicks.count < Self.mostKept {
            differingTicks.append(DifferingTick(time: time, differences: tick.differences))
        }
    }
}
