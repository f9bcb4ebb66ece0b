/// How far a box is with charging.
enum ChargingPhase: Sendable {
    /// Nobody may charge.
    case idle
    /// The backend is asked for a tag.
    case authorising(Authorisation)
    /// A tag may charge; the vehicle, or the meter, is waited for.
    case authorised(Authorisation)
    /// The start is on its way into the queue.
    case starting(token: Int, Authorisation, StartTransactionRequest)
    /// A transaction runs.
    case charging(BoxTransaction)
    /// The stop is on its way into the queue, or has to be tried again.
    case stopping(PendingStop, BoxTransaction)
    /// Free charging without a transaction.
    case free
}

/// A tag that may charge, or is asked for.
struct Authorisation: Sendable {
    /// Who brought the tag.
    enum Origin: Sendable {
        case reader
        case remote
        case free
    }

    let idTag: String
    var parentIdTag: String?
    let origin: Origin
    /// The profile that came with a remote start.
    var profile: ChargingProfile?
    /// The reservation that is used up.
    var reservation: Int?
    /// When it ends if no vehicle comes; nil for never.
    var deadline: Duration?

    init(_ idTag: String, _ origin: Origin, profile: ChargingProfile? = nil) {
        self.idTag = idTag
        self.origin = origin
        self.profile = profile
    }
}

/// A stop that is not yet on the disk.
struct PendingStop: Sendable {
    let request: StopTransactionRequest
    let reason: StopReason
    /// The number it was given into the queue with; nil while it waits to be tried again.
    var token: Int?
    var retryAt: Duration?
}
