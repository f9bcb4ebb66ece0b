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

    /// Makes a snapshot.
    public init(
        mode: HostMode = .manage, boxes: [BoxSnapshot] = [], meters: [String: MeterSample] = [:],
        budgets: [PowerLimit] = []
    ) {
        self.mode = mode
        self.boxes = boxes
        self.meters = meters
        self.budgets = budgets
    }
}
