import DriverAPI
import ReadPlanning

/// What other threads ask a server's thread to do.
enum ServerCommand: Sendable {
    case listen(ListenerSource)
    case line(LineSource)
    case stop(UInt64, CheckedContinuation<Void, Never>?)
    case disconnect(UInt64, CheckedContinuation<Void, Never>?)
    /// Answers a request that waited.
    case reply(ModbusReply, ReplyPath)
    case close
}

/// A socket that listens, and what is done with its clients.
struct ListenerSource: Sendable {
    var id: UInt64
    var fd: Int32
    var framing: ServerFraming
    var rules: ListenerRules
    var handler: ServerHandler
}

/// A serial line, and who answers on it.
struct LineSource: Sendable {
    /// What the line is.
    enum Kind: Sendable {
        case pseudo(PseudoTerminal)
        case device(String, LineParameters, fd: Int32)
    }

    var id: UInt64
    var kind: Kind
    var timing: LineTiming
    var handler: ServerHandler
}

/// Where a reply goes.
struct ReplyPath: Sendable {
    /// The connection or line.
    var source: UInt64
    var unit: UInt8
    var transaction: UInt16
    var function: UInt8
    /// Tells the requests of a source apart that wait for their answers.
    var request: UInt64 = 0
    /// When the request is over on the wire.
    var requestEnd: MonotonicTime
}
