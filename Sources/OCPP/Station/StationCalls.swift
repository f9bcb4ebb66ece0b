/// The calls of a station that are not ended, to the backend and to slaves, and what they are for.
struct StationCalls: Sendable {
    /// What a call to the backend is for.
    enum Purpose: Sendable {
        case boot
        case heartbeat
        case status(connector: Int, TrackedStatus.Value)
        case authorise(connector: Int, idTag: String)
        case authoriseStop(connector: Int, idTag: String)
        case authoriseQuery(Int, connector: Int, idTag: String)
        case securityEvent(SecurityEventNotificationRequest)
        /// Nothing depends on its end.
        case none
    }

    /// What a call to a slave is for.
    enum SlavePurpose: Sendable {
        /// Its answer answers the backend's request.
        case relay(id: String, action: Action)
        /// A remote start that came with a profile or not.
        case start(id: String, connector: Int)
        case configuration(change: Int, connector: Int)
        case availability(change: Int, connector: Int)
        case reservation(id: String, ReserveNowRequest)
        /// Nothing depends on its end.
        case none
    }

    private var counter = 0
    var toBackend: [Int: Purpose] = [:]
    var toSlaves: [Int: SlavePurpose] = [:]
    /// The connectors of messages on their way into the queue.
    var tokens: [Int: Int] = [:]

    mutating func number() -> Int {
        counter += 1
        return counter
    }
}
