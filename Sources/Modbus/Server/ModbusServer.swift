import CModbus
import DriverAPI
import Glibc
import ReadPlanning
import Synchronization

/// Answers Modbus requests: any number of TCP listeners and serial lines, served by one thread that never waits.
///
/// Frames are cut and checked here: libmodbus's server functions wait for whole frames and sleep on bad ones.
public final class ModbusServer: Sendable {
    private let mailbox: Mailbox
    private let lastID = Atomic<UInt64>(0)

    /// Starts the thread; throws when the system has no descriptor or thread left.
    public init() throws(ServerError) {
        let mailbox = try Mailbox()
        let poll = epoll_create1(CH_EPOLL_CLOEXEC)
        guard poll >= 0 else { throw .closed(Descriptor.text(errno)) }
        self.mailbox = mailbox
        let failed = DetachedThread.start(named: "modbus server", stack: BusLoop.stack) {
            ServerLoop(poll: poll, mailbox: mailbox).run()
        }
        if let failed {
            Glibc.close(poll)
            throw .closed(Descriptor.text(failed))
        }
    }

    deinit { close() }

    /// Listens on a TCP address; port 0 takes a free one, which the result names. Throws why it cannot be bound.
    public func listen(
        on host: String, port: Int, framing: ServerFraming = .mbap, rules: ListenerRules = ListenerRules(),
        handler: any ModbusHandler
    ) throws(ServerError) -> Listener {
        try listen(host, port, framing, rules, .now(handler))
    }

    /// Listens on a TCP address, with a handler that answers when it can.
    public func listen(
        on host: String, port: Int, framing: ServerFraming = .mbap, rules: ListenerRules = ListenerRules(),
        asyncHandler: any AsyncModbusHandler
    ) throws(ServerError) -> Listener {
        try listen(host, port, framing, rules, .later(asyncHandler))
    }

    /// Listens on a TCP address, with a handler that answers at once or later.
    public func listen(
        on host: String, port: Int, framing: ServerFraming = .mbap, rules: ListenerRules = ListenerRules(),
        deferring handler: any DeferringModbusHandler
    ) throws(ServerError) -> Listener {
        try listen(host, port, framing, rules, .deferring(handler))
    }

    private func listen(
        _ host: String, _ port: Int, _ framing: ServerFraming, _ rules: ListenerRules, _ handler: ServerHandler
    ) throws(ServerError) -> Listener {
        let fd = try ListeningSocket.open(host, port)
        let id = nextID()
        let bound = SocketAddress.local(of: fd)
        guard
            mailbox.post(
                .listen(ListenerSource(id: id, fd: fd, framing: framing, rules: rules, handler: handler)))
        else {
            Glibc.close(fd)
            throw .closed("it was closed before")
        }
        return Listener(id: id, host: bound?.host ?? host, port: bound?.port ?? port)
    }

    /// Answers on a pseudo-terminal as devices on a real line of these parameters would: bytes come at its speed.
    public func serve(
        _ terminal: PseudoTerminal, as parameters: LineParameters, handler: any ModbusHandler
    ) throws(ServerError) -> Listener {
        try serve(terminal, parameters, .now(handler))
    }

    /// Answers on a pseudo-terminal, with a handler that answers at once or later.
    public func serve(
        _ terminal: PseudoTerminal, as parameters: LineParameters, deferring handler: any DeferringModbusHandler
    ) throws(ServerError) -> Listener {
        try serve(terminal, parameters, .deferring(handler))
    }

    private func serve(
        _ terminal: PseudoTerminal, _ parameters: LineParameters, _ handler: ServerHandler
    ) throws(ServerError) -> Listener {
        let source = LineSource(
            id: nextID(), kind: .pseudo(terminal), timing: parameters.timing, handler: handler)
        guard mailbox.post(.line(source)) else { throw .closed("it was closed before") }
        return Listener(id: source.id, host: terminal.path, port: 0)
    }

    /// Answers on a serial line. A line that ends (an adapter was pulled) is opened again when it is back.
    public func serve(
        line path: String, _ parameters: LineParameters, handler: any ModbusHandler
    ) throws(ServerError) -> Listener {
        try serve(line: path, parameters, .now(handler))
    }

    /// Answers on a serial line, with a handler that answers at once or later.
    public func serve(
        line path: String, _ parameters: LineParameters, deferring handler: any DeferringModbusHandler
    ) throws(ServerError) -> Listener {
        try serve(line: path, parameters, .deferring(handler))
    }

    private func serve(
        line path: String, _ parameters: LineParameters, _ handler: ServerHandler
    ) throws(ServerError) -> Listener {
        let fd = try LineDevice.open(path, parameters)
        let source = LineSource(
            id: nextID(), kind: .device(path, parameters, fd: fd), timing: parameters.timing, handler: handler)
        guard mailbox.post(.line(source)) else {
            Glibc.close(fd)
            throw .closed("it was closed before")
        }
        return Listener(id: source.id, host: path, port: 0)
    }

    /// Stops listening and closes the listener's connections; afterwards its port is free.
    public func stop(_ listener: Listener) async {
        await withCheckedContinuation { done in
            if !mailbox.post(.stop(listener.id, done)) { done.resume() }
        }
    }

    /// Closes the connections of a listener, which goes on listening.
    public func disconnectClients(of listener: Listener) async {
        await withCheckedContinuation { done in
            if !mailbox.post(.disconnect(listener.id, done)) { done.resume() }
        }
    }

    /// Closes everything and ends the thread.
    public func close() { _ = mailbox.post(.close) }

    private func nextID() -> UInt64 { lastID.wrappingAdd(1, ordering: .relaxed).newValue << 32 }
}
