/// A value that the host has to tell a box now.
///
/// It is booked from the moment it is handed out. A raise is committed to storage before its frame leaves, a lowering
/// after its read-back. A lowering or a stop may be forbidden by nothing.
public struct Order: Hashable, Codable, Sendable {
    /// The name of the box.
    public var box: String
    /// The number by which events speak of it.
    public var number: Int
    /// Milliamperes on each of `terminals`; 0 is a stop.
    public var value: Int
    /// The terminals it allows current on.
    public var terminals: PhaseSet
    /// Whether it goes out at once.
    public var kind: Kind

    /// Whether an order gives or takes.
    public enum Kind: String, Codable, Sendable {
        /// Less than before, or the same again: sent at once, whatever happens.
        case lower
        /// More than before.
        case raise
    }
}
