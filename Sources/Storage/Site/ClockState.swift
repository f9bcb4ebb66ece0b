/// Whether the machine's clock can be right.
public enum ClockState: Hashable, Sendable {
    /// Not before any time seen.
    case plausible
    /// Not set: it is before a time that has already been. Stamps continue from that time by the monotonic clock.
    case notSet(lastSeen: WallTime)
}
