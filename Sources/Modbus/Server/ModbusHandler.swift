import DriverAPI

/// What a server does with a request.
public enum ModbusReply: Hashable, Sendable {
    /// Answers with this PDU.
    case pdu([UInt8])
    /// Answers nothing; on a serial line that is what every unit does with the frames of others.
    case silence
    /// Closes the connection; on a serial line the same as silence.
    case close
    /// Answers with this PDU after a while; other requests are answered meanwhile.
    case delayed([UInt8], Duration)
}

/// Answers requests at once, from memory. It is called on the server's only thread and must not wait for anything.
public protocol ModbusHandler: Sendable {
    /// Answers one request: `unit` as asked for, the PDU from the function code on, and when it was complete.
    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply
}

/// Answers requests when it can, for example by asking somebody else; a proxy is one.
public protocol AsyncModbusHandler: Sendable {
    /// Answers one request. The replies of one connection may come in another order than its requests.
    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) async -> ModbusReply
}

/// Several units behind one listener or on one line, each with its own handler.
public struct UnitHandlers: ModbusHandler {
    private let handlers: [UInt8: any ModbusHandler]
    private let others: ModbusReply?

    /// Hands each unit's requests to its handler.
    ///
    /// Requests to other units get `others`; nil answers them as a gateway does, with exception 11.
    public init(_ handlers: [UInt8: any ModbusHandler], others: ModbusReply? = .silence) {
        self.handlers = handlers
        self.others = others
    }

    /// Answers by the unit's handler.
    public func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
        if let handler = handlers[unit] { return handler.respond(unit: unit, pdu: pdu, at: moment) }
        return others ?? .pdu(ModbusException.gatewayTargetSilent.pdu(for: pdu.first ?? 0))
    }
}
