/// A place where a server listens.
public struct Listener: Hashable, Sendable {
    let id: UInt64
    /// The address it is bound to, in figures; the path of a line.
    public let host: String
    /// The port, the real one where 0 was asked for; 0 for a line.
    public let port: Int
}

/// How frames are carried over TCP.
public enum ServerFraming: Hashable, Sendable {
    /// Modbus TCP.
    case mbap
    /// RTU frames, as serial servers carry them.
    case rtu
}

/// What a listener lets in.
public struct ListenerRules: Hashable, Sendable {
    /// How many clients at once; a further one is closed at once, unless another has been idle for ``patience``.
    public var clients: Int
    /// IP addresses that may connect, in figures; empty: all.
    public var allow: Set<String>
    /// How many requests of one client may wait for their answers; its further ones are read when one was answered.
    public var pending: Int
    /// How long a request may take to come in, and a client without requests keeps its place when all are taken.
    public var patience: Duration

    /// Makes rules.
    public init(clients: Int = 32, allow: Set<String> = [], pending: Int = 16, patience: Duration = .seconds(10)) {
        self.clients = clients
        self.allow = allow
        self.pending = pending
        self.patience = patience
    }
}

/// Who answers.
enum ServerHandler: Sendable {
    case now(any ModbusHandler)
    case later(any AsyncModbusHandler)
    case deferring(any DeferringModbusHandler)
}
