import OCPP

/// Why a call to a slave brought no answer that counts.
public enum SlaveCallError: Error, Hashable, Sendable {
    /// The slave is not connected, or its connection ended before the answer; the reason in words.
    case notConnected(String)
    /// It did not answer in time.
    case timedOut(Action)
    /// It answered with an error.
    case refused(CallError)
    /// Its answer breaks a rule.
    case broken(Action, Violation)
    /// The hub does not pass it on; the reason in words.
    case notPassedOn(String)
}

extension SlaveCallError: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .notConnected(let reason): "the slave is not connected: \(reason)"
        case .timedOut(let action): "the slave did not answer \(action.rawValue) in time"
        case .refused(let error):
            "the slave answered with the error \(error.sentCode)"
                + (error.description.isEmpty ? "" : ": \(error.description)")
        case .broken(let action, let violation): "the slave's answer to \(action.rawValue) breaks a rule: \(violation)"
        case .notPassedOn(let reason): reason
        }
    }
}
