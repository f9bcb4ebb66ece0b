/// What went wrong on the way to an answer, with what matters for repeating: whether bytes can have left.
enum ChannelFailure: Error, Hashable {
    /// No answer by the deadline.
    case timeout
    /// Something came that is no frame, or nobody's answer.
    case garbled(String)
    /// There is no connection, and none could be made.
    case unreachable(String)
    /// The connection broke before a byte of the request left.
    case unsent(String)
    /// The connection broke after the request left.
    case broken(String)
}
