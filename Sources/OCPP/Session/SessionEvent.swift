/// What came of a frame, of time passing, or of the connection's end.
public enum SessionEvent: Hashable, Sendable {
    /// A frame that has to go out now, before anything else.
    case send(Frame)
    /// The other side asks for something; `Session.answer` gives the answer.
    case call(IncomingCall)
    /// A call of ours has come to its end.
    case outcome(Ticket, Outcome)
    /// A frame that changes nothing; worth a line in the log.
    case ignored(Ignored)
}

/// A call of the other side; its rules are not yet checked.
public struct IncomingCall: Hashable, Sendable {
    /// The id that the answer must bear.
    public let id: String
    /// What is asked for, as sent.
    public let action: String
    /// What came with it.
    public let payload: JSONObject

    /// Checks the call by the rules of its action; the error is what it must be answered with.
    public func checked(at side: Side, isStrict: Bool = false) throws(CallError) -> any Request {
        try ReceivedCall(action: action, payload: payload, at: side, isStrict: isStrict).request
    }
}

/// How a call of ours ended.
public enum Outcome: Hashable, Sendable {
    /// The payload of the result; its rules are not yet checked.
    case answered(JSONObject)
    /// The other side answered with an error.
    case refused(CallError)
    /// No answer within the time. A heartbeat that is answered on the same connection tells whether the call is at fault.
    case timedOut
    /// The connection ended before the answer, or before the call was sent.
    case closed(wasSent: Bool)
}

/// Why a frame changes nothing.
public enum Ignored: Hashable, Sendable {
    /// An answer to a call that was never sent.
    case unknownAnswer(id: String)
    /// An answer that came after its time was up.
    case lateAnswer(id: String, Action)
    /// A second answer to the same call.
    case repeatedAnswer(id: String, Action)
    /// A call with the id of one that is not answered yet.
    case repeatedCall(id: String)
    /// A call like the one with the same id that was answered a moment ago: the answer is sent again, nothing is done.
    case answeredAgain(id: String)
    /// More calls at once than are taken; it was answered with an error.
    case tooManyCalls(id: String)
}
