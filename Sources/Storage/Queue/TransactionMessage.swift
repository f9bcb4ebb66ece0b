/// A message on its way into the queue.
public enum TransactionMessage: Sendable {
    /// A transaction that may still be refused, because its box waits for the answer.
    case start(TransactionStart)
    /// A transaction that has begun already, as one of a slave that was offline; never refused.
    case begunStart(TransactionStart)
    /// Meter values of a transaction.
    case meterValues(MeterReadings)
    /// The end of one.
    case stop(TransactionStop)
}
