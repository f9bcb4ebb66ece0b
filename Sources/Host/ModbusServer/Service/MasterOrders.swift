import Synchronization

/// The most that masters above allow, in mA per phase by device, 0 for off; what nobody ever limited is left out.
///
/// Load management looks at it once a tick, and masters write it at any time.
public final class MasterOrders: Sendable {
    private let orders = Mutex<[String: Int]>([:])

    /// Nobody limits.
    public init() {}

    /// The limits that hold now.
    public var all: [String: Int] { orders.withLock { $0 } }

    /// Other limits hold from now on.
    public func replace(_ new: [String: Int]) { orders.withLock { $0 = new } }
}
