/// The messages that must reach the backend in order and without loss (OCPP 1.6, 3.7.1, transaction-related messages).
public enum MessageKind: String, Hashable, Sendable {
    /// StartTransaction.req
    case start = "StartTransaction"
    /// StopTransaction.req
    case stop = "StopTransaction"
    /// MeterValues.req with a transaction id.
    case meterValues = "MeterValues"
}
