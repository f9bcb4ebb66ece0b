import DriverAPI
import YAML

/// One node of the circuit tree.
public struct SiteCircuit: Hashable, Sendable {
    /// The id; `supply` for the root.
    public var id: String
    /// The node above; nil for the root.
    public var parent: String?
    /// The limit per supply phase, in A.
    public var limit: [Exact]
    /// Kept free on every phase, in A.
    public var reserve: Exact
    /// Loads that no meter shows, per phase, in A.
    public var base: [Exact]
    /// The device id of the node's meter.
    public var meter: String?
    /// What the loads may be while the meter is silent, in A; nil: the limit.
    public var meterLost: Exact?
    /// What all boxes below it may draw together, in W; nil for no such limit.
    public var maxEVSEPower: Exact?
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes a node.
    public init(
        id: String, parent: String? = nil, limit: [Exact], reserve: Exact = 0, base: [Exact] = [0, 0, 0],
        meter: String? = nil, meterLost: Exact? = nil, maxEVSEPower: Exact? = nil,
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.id = id
        self.parent = parent
        self.limit = limit
        self.reserve = reserve
        self.base = base
        self.meter = meter
        self.meterLost = meterLost
        self.maxEVSEPower = maxEVSEPower
        self.mark = mark
    }
}
