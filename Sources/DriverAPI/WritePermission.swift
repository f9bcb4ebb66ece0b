/// What a driver asks before it writes anything that is not a stop or a lowering.
///
/// The host decides, and may decide otherwise at any time; a driver asks before every write. Stopping and lowering are
/// always sent, and so is what keeps a box at what it was told already.
public struct WritePermission: Sendable {
    /// What is about to be done.
    public enum Use: Hashable, Sendable, CaseIterable {
        /// Starting, raising, and everything that belongs to neither of the others.
        case charging
        /// Switching phases.
        case phases
        /// Waking a car.
        case wakeUp
    }

    private let ask: @Sendable (Use, Bool) -> String?

    /// A permission that answers with the reason why not, or nil; it is told whether the write wears the device's memory.
    public init(_ ask: @escaping @Sendable (_ use: Use, _ wears: Bool) -> String?) { self.ask = ask }

    /// Everything is allowed.
    public static let granted = WritePermission { _, _ in nil }

    /// Why something may not be done, in words; nil where it may.
    public func bar(_ use: Use, wears: Bool = false) -> String? { ask(use, wears) }
}
