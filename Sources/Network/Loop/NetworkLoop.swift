import CWebSockets
import Synchronization

/// One libwebsockets context, served by one thread: everything that listens or connects shares it.
///
/// The library brings sockets, the waiting, timers and what is sent in part; requests and frames are read here, by the
/// letter of RFC 9112 and RFC 6455. Its own HTTP and WebSocket server (4.1.6) was measured and is too lenient for a
/// listener that faces browsers: it makes a space of `+` in a path, mends `/../` and `%2f`, takes two hosts or none, bare
/// line feeds, `Content-Length` beside `Transfer-Encoding`, and frames that are not masked. By its source it also does not
/// read while a handler is at work, so that a client that left would go unnoticed.
///
/// Handlers and sessions run as tasks elsewhere; nothing they do can hold up the loop. Nobody else touches an object of
/// the library. Sockets take descriptors from 1024 on where the limit of open files allows it, since serial lines need
/// those below; the library's own wake-up descriptor stays where the system puts it.
public final class NetworkLoop: Sendable {
    private enum State {
        case new
        case running(LoopMailbox)
        case stopping([CheckedContinuation<Void, Never>])
        case stopped
    }

    private let limits: NetworkLimits
    private let log: @Sendable (NetworkLogEntry) -> Void
    private let state = Mutex(State.new)
    private let lastListener = Atomic<UInt64>(0)

    /// Makes a loop that is not running. `log` gets what the network and libwebsockets have to say, on any thread; it
    /// must not wait.
    public init(
        limits: NetworkLimits = NetworkLimits(), log: @escaping @Sendable (NetworkLogEntry) -> Void = { _ in }
    ) {
        self.limits = limits
        self.log = log
    }

    deinit {
        if case .running(let mailbox) = state.withLock({ $0 }) { _ = mailbox.post(.stop) }
    }

    /// Starts the thread; a running loop stays as it is. Throws when the system has no thread or memory left, and when
    /// the loop was stopped before.
    public func start() throws(NetworkError) {
        let failure: NetworkError? = state.withLock { state in
            switch state {
            case .running: return nil
            case .stopping, .stopped: return .notRunning
            case .new: break
            }
            let mailbox = LoopMailbox()
            let (limits, log) = (limits, log)
            let ended: @Sendable () -> Void = { [weak self] in self?.ended() }
            if let reason = LoopCore.start(limits, mailbox, log, ended: ended) {
                return .cannotStart(reason: reason)
            }
            state = .running(mailbox)
            return nil
        }
        if let failure { throw failure }
    }

    /// Closes listeners and connections and waits for the thread to end; handlers and sessions are cancelled.
    public func stop() async {
        await withCheckedContinuation { done in
            let isOver = state.withLock { state in
                switch state {
                case .new, .stopped:
                    state = .stopped
                    return true
                case .running(let mailbox):
                    state = .stopping([done])
                    _ = mailbox.post(.stop)
                    return false
                case .stopping(let others):
                    state = .stopping(others + [done])
                    return false
                }
            }
            if isOver { done.resume() }
        }
    }

    /// Listens for requests and WebSockets on exactly this address, with its own policy and handler; with `tls`, in TLS
    /// only. When it returns, clients can connect.
    public func listen(
        on address: ListenAddress, policy: ListenerPolicy = ListenerPolicy(), tls: TLSServer? = nil,
        handler: @escaping HTTPHandler
    ) throws(NetworkError) -> HTTPListener {
        try listen(address, policy, tls, .http(handler))
    }

    /// Listens for plain streams on exactly this address; with `tls`, in TLS only. Beyond so many connections, or so many
    /// from one address, further ones are closed at once. When it returns, clients can connect.
    public func listenForStreams(
        on address: ListenAddress, maximumConnections: Int = 256, maximumPerPeer: Int = 256, tls: TLSServer? = nil,
        options: StreamOptions = StreamOptions(), handler: @escaping StreamHandler
    ) throws(NetworkError) -> NetworkListener {
        var policy = ListenerPolicy()
        policy.maximumConnections = maximumConnections
        policy.maximumConnectionsPerPeer = maximumPerPeer
        return try listen(address, policy, tls, .stream(handler, options))
    }

    var runningMailbox: LoopMailbox? {
        guard case .running(let mailbox) = state.withLock({ $0 }) else { return nil }
        return mailbox
    }

    private func listen(
        _ address: ListenAddress, _ policy: ListenerPolicy, _ tls: TLSServer?, _ service: ListenerService
    ) throws(NetworkError) -> NetworkListener {
        guard case .running(let mailbox) = state.withLock({ $0 }) else { throw .notRunning }
        let (socket, bound) = try ListeningSocket.open(address)
        let id = lastListener.wrappingAdd(1, ordering: .relaxed).newValue
        let source = ListenerSource(
            id: id, descriptor: socket, address: bound, policy: policy, tls: tls, service: service)
        guard mailbox.post(.listen(source)) else {
            ListeningSocket.close(socket)
            throw .notRunning
        }
        return NetworkListener(id: id, address: bound, mailbox: mailbox)
    }

    private func ended() {
        let waiting = state.withLock { state in
            defer { state = .stopped }
            if case .stopping(let waiting) = state { return waiting }
            return []
        }
        for done in waiting { done.resume() }
    }
}
