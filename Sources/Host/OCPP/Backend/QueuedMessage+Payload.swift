import OCPP
import Storage

extension QueuedMessage {
    /// What it is on the wire.
    var action: Action {
        switch kind {
        case .start: .startTransaction
        case .stop: .stopTransaction
        case .meterValues: .meterValues
        }
    }

    /// The payload as it is sent: the stored one with the backend's transaction id in place of the local one.
    ///
    /// Throws ``PayloadProblem`` for one that cannot be sent.
    func sent() throws(PayloadProblem) -> JSONObject {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONReader().read(payload)
        } catch {
            throw .unreadable("\(error)")
        }
        guard case .object(var object) = value else { throw .unreadable("it is no object") }
        if kind == .start { return object }
        guard let backendID else { throw .withoutID(transaction) }
        object["transactionId"] = .number(JSONNumber(backendID))
        return object
    }

    /// What the backend's answer says; nil for one that is none: a start must be answered with an id.
    func answer(_ payload: JSONObject) -> TransactionAnswer? {
        switch kind {
        case .start: (try? StartTransactionResponse(json: payload)).map { .start($0) }
        case .stop: (try? StopTransactionResponse(json: payload)).map { .stop($0) } ?? .taken
        case .meterValues: .taken
        }
    }
}

/// Why a stored message cannot be sent.
enum PayloadProblem: Error, Hashable, CustomStringConvertible {
    /// Its bytes are no message.
    case unreadable(String)
    /// Its transaction has no id of the backend.
    case withoutID(Int?)

    var description: String {
        switch self {
        case .unreadable(let reason): "what is stored is no message: \(reason)"
        case .withoutID(let transaction):
            "the backend never gave transaction \(transaction.map(String.init) ?? "?") an id"
        }
    }
}
