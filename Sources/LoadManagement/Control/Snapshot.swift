/// What is known of the site at one moment, once a tick.
public struct Snapshot: Hashable, Codable, Sendable {
    /// What the host does.
    public var mode: HostMode
    /// The boxes that the site has now.
    public var boxes: [BoxSnapshot]
    /// The last sample of each circuit's meter, by the name of the circuit.
    public var meters: [String: MeterSample]
    /// The powers that may not be passed now.
    public var budgets: [PowerLimit]
    /// What the boxes in the modes `surplus` and `min+surplus` may draw together, in milliwatts, with what they draw now
    /// (see ``Surplus``); negative is too little even without them. Nil if it is not known, which counts as nothing.
    public var surplus: Int?

    /// Makes a snapshot.
    public init(
        mode: HostMode = .manage, boxes: [BoxSnapshot] = [], meters: [String: MeterSample] = [:],
        budgets: [PowerLimit] = [], surplus: Int? = nil
    ) {
        self.mode = mode
        self.boxes = boxes
        self.meters = meters
        self.budgets = budgets
        self.surplus = surplus
    }
}
