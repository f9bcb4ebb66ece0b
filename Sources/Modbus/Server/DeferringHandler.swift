import DriverAPI

/// Answers each request at once or later, as it decides: from memory, after a store, or by asking somebody else.
///
/// It is called on the server's only thread and must not wait for anything there.
public protocol DeferringModbusHandler: Sendable {
    /// Answers one request, or promises to call `reply` once, from any thread.
    ///
    /// The replies of one connection may come in another order than its requests; on a serial line a reply that comes
    /// after the next request is dropped, for it would be taken for the answer to that.
    func respond(
        unit: UInt8, pdu: [UInt8], at moment: MonotonicTime, reply: @escaping @Sendable (ModbusReply) -> Void
    ) -> ModbusAnswer
}

/// What a ``DeferringModbusHandler`` says to a request.
public enum ModbusAnswer: Sendable {
    /// The reply.
    case now(ModbusReply)
    /// It comes later; `cancel` is called when nobody waits for it any more.
    case later(cancel: @Sendable () -> Void)
}
