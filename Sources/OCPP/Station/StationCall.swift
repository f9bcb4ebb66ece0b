/// A call of the station to the backend.
public struct StationCall: Sendable {
    /// The number that its end comes back with.
    public let number: Int
    /// What is asked for.
    public let request: any Request
    /// Where it waits.
    public let lane: Lane
    /// Whether it goes out although the boot is not accepted.
    public let passesGate: Bool
}

/// A call to the slave behind a connector.
public struct SlaveCall: Sendable {
    /// The number that its end comes back with.
    public let number: Int
    /// The connector upstream.
    public let connector: Int
    /// What is asked for: connector numbers are those upstream, transaction ids those of the queue.
    public let request: any Request
}
