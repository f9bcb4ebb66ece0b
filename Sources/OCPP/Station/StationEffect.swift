/// What a station wants done, in this order.
public enum StationEffect: Sendable {
    // MARK: The backend

    /// Send a call; its end comes back as `.outcome`.
    case call(StationCall)
    /// Answer a request of the backend.
    case answer(id: String, any Payload)
    /// Answer a request of the backend with an error.
    case refuse(id: String, CallError)
    /// Which calls may go out. The queue is sent only while it is open.
    case gate(Session.Gate)
    /// Close the connection to the backend, after all answers have left, and connect with what the keys say now.
    case reconnect
    /// The station's clock was set by the backend, this much forwards.
    case clockSet(to: Timestamp, correction: Duration)
    /// Nobody knew the time before; messages that were stored since the station started are this much too early. It comes
    /// before the gate opens: none of them was sent yet.
    case timeKnown(correction: Duration)

    // MARK: The queue

    /// Store a transaction message; `.appended` or `.appendFailed` follows. Nothing has happened before that.
    case append(StationAppend)

    // MARK: Devices

    /// What a box may do has changed.
    case output(connector: Int, ConnectorOutput)
    /// What all boxes together may take has changed, in A per phase; nil for no limit by charging profiles.
    case siteLimit(Tenths?)
    /// Unlock a socket; `.unlocked` follows.
    case unlock(connector: Int)
    /// Send a call to a slave, numbers being those upstream; `.slaveOutcome` follows.
    case toSlave(SlaveCall)
    /// The answer to `.authorise`.
    case authorised(query: Int, IdTagInfo)

    // MARK: The host

    /// Something to be stored before anything that follows is done.
    case store(StoredChange)
    /// Carry out a request of the backend (firmware, logs, certificates); `.hostAnswer` follows.
    case toHost(id: String, any Request)
    /// Make a key pair and a signing request; `.signingRequest` follows.
    case makeSigningRequest
    /// Start the station anew; all transactions are stopped and stored.
    case reset(ResetType)
    /// A key has a new value that the host heeds (ConnectorPhaseRotation, WebSocketPingInterval and so on).
    case keyChanged(name: String, connector: Int?)
    /// A line for the log and the pages.
    case notice(StationNotice)
}
