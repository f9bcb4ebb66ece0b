/// One report of a device.
public enum DeviceUpdate: Sendable, Codable {
    /// What the device turned out to be; sent after every connect and whenever it changes.
    case described(DeviceDescription)
    /// Readings of one round.
    case readings([Reading])
    /// The state of the connection changed.
    case link(LinkState)
    /// A frame left that the device may have heard, at this time; its watchdog counts from the latest.
    case frame(MonotonicTime)
    /// The device reads otherwise than told for longer than its verify window: in A or W, as read.
    case deviates(read: Exact)
    /// Something the operator must know, in words.
    case alarm(String)
}

/// The state of the connection to a device.
public enum LinkState: Hashable, Sendable, Codable {
    /// Not yet reached since the start.
    case connecting
    /// It answers.
    case online
    /// It stopped answering at `since`; the reason in words.
    case silent(since: MonotonicTime, reason: String)
    /// A device of another make answers at this address: it is read no further and never written.
    case mismatch(String)
}
