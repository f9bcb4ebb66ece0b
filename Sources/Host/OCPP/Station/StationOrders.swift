import Synchronization

/// What the station lets the boxes do: load management looks at it once a tick, and never gives more.
///
/// Currents are mA per phase; 0 is off.
public final class StationOrders: Sendable {
    /// What holds now.
    public struct Orders: Hashable, Sendable {
        /// The most each box may take; one that is left out is not limited.
        public var boxes: [String: Int] = [:]
        /// The most all boxes together may take; nil for no limit.
        public var site: Int?
        /// How many phases each box may charge on; one that is left out is not limited.
        public var phases: [String: Int] = [:]
        /// Boxes whose wiring the backend says something else of than the site file; they count on every phase.
        public var doubted: Set<String> = []
    }

    private let orders = Mutex(Orders())

    /// Nothing is limited.
    public init() {}

    /// What holds now.
    public var all: Orders { orders.withLock { $0 } }

    /// A box may take so much from now on; nil for no limit.
    func limit(_ box: String, to current: Int?) { orders.withLock { $0.boxes[box] = current } }

    /// A box may charge on so many phases from now on; nil for all of them.
    func limitPhases(of box: String, to count: Int?) { orders.withLock { $0.phases[box] = count } }

    /// These boxes count on every phase from now on.
    func doubt(_ boxes: Set<String>) { orders.withLock { $0.doubted = boxes } }

    /// All boxes together may take so much from now on; nil for no limit.
    func limitSite(to current: Int?) { orders.withLock { $0.site = current } }

    /// Nothing is limited any more but these.
    func replace(_ new: Orders) { orders.withLock { $0 = new } }
}
