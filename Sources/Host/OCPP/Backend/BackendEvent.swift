import Network
import OCPP
import Storage

/// What happens on the way to the backend, in order.
enum BackendEvent: Sendable {
    /// The connection stands; nothing was sent on it yet.
    case connected
    /// It has ended; the reason for people.
    case disconnected(reason: String)
    /// A connection did not come about.
    case failed(ConnectError)
    /// The files of the connection's certificates cannot be used; the reason for people.
    case unusable(reason: String)
    /// The backend asks for something.
    case request(IncomingCall)
    /// A call that was made with this number has ended.
    case outcome(call: Int, Outcome)
    /// A transaction message was answered and has left the queue.
    case delivered(QueuedMessage, TransactionAnswer)
    /// A transaction message has used up its attempts and is with the undelivered; the reason for people.
    case setAside(QueuedMessage, reason: String)
    /// The queue cannot be read or written.
    case queueFailed(StorageError)
}

/// What the backend answered to a transaction message.
enum TransactionAnswer: Sendable {
    case start(StartTransactionResponse)
    case stop(StopTransactionResponse)
    /// Meter values, and answers that carry nothing that counts.
    case taken
}
