/// A transaction message on its way into the queue.
public struct StationAppend: Sendable, Hashable {
    /// The number that its end comes back with.
    public let token: Int
    /// The message.
    public let message: StationMessage
    /// Whether the time in it is right for sure; if not `.clockSet` tells by how much it is wrong.
    public let isTimeCertain: Bool
}

/// A transaction message. Transaction ids in it are those of the queue.
public enum StationMessage: Sendable, Equatable {
    /// The beginning of a transaction; the queue gives it an id, and a later moment if it must.
    case start(StartTransactionRequest)
    /// Meter values of a transaction, with the energy register in Wh if it is among them.
    case meterValues(MeterValuesRequest, energy: Int?)
    /// The end of a transaction.
    case stop(StopTransactionRequest, connector: Int)
}

extension StationMessage: Hashable {
    /// By the JSON that is sent.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .start(let request): hasher.combine(request.json)
        case .meterValues(let request, _): hasher.combine(request.json)
        case .stop(let request, _): hasher.combine(request.json)
        }
    }
}
