import CWebSockets
import Glibc
import Synchronization

/// Looks a name up and connects, on a thread of its own: both may wait for long, and the loop must not.
enum Dialer {
    /// Threads at once; a name service that is down must not fill the process with them.
    private static let most = 32
    private static let running = Atomic<Int>(0)

    /// The connected socket, or why there is none. `done` is called on another thread.
    static func dial(
        host: String, port: UInt16, timeout: Duration,
        done: @escaping @Sendable (Result<Int32, ConnectError>) -> Void
    ) {
        guard running.wrappingAdd(1, ordering: .relaxed).newValue <= most else {
            running.wrappingSubtract(1, ordering: .relaxed)
            return done(.failure(.unavailable(reason: "\(most) connections are being made already")))
        }
        let failure = LoopThread.start(name: "connect") {
            done(connect(host, port, ContinuousClock.now + timeout))
            running.wrappingSubtract(1, ordering: .relaxed)
        }
        guard let failure else { return }
        running.wrappingSubtract(1, ordering: .relaxed)
        done(.failure(.unavailable(reason: "no thread could be started: \(failure)")))
    }

    private static func connect(
        _ host: String, _ port: UInt16, _ end: ContinuousClock.Instant
    ) -> Result<Int32, ConnectError> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        guard code == 0, let found else {
            return .failure(.notResolved(host: host, reason: String(cString: gai_strerror(code))))
        }
        defer { freeaddrinfo(found) }
        let addresses = Array(sequence(first: found, next: { $0.pointee.ai_next }))
        var reason = "it has no address"
        for (place, address) in addresses.enumerated() {
            // An address that does not answer must leave time for the others.
            let left = end - ContinuousClock.now
            guard left > .zero else { return .failure(.timedOut(host: host, "connecting")) }
            switch connect(address.pointee, within: left / (addresses.count - place)) {
            case .success(let socket): return .success(socket)
            case .failure(let error): reason = error.text
            }
        }
        return .failure(.notReached(host: "\(host):\(port)", reason: reason))
    }

    private struct Unreached: Error { let text: String }

    private static func connect(_ address: addrinfo, within time: Duration) -> Result<Int32, Unreached> {
        let made = socket(address.ai_family, CH_SOCK_STREAM_FLAGS, 0)
        guard made >= 0 else { return .failure(Unreached(text: SystemText.error(errno))) }
        let descriptor = HighDescriptor.moved(made)
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return .success(descriptor) }
        var code = errno
        if code == EINPROGRESS { code = wait(descriptor, time) }
        if code == 0 { return .success(descriptor) }
        close(descriptor)
        return .failure(Unreached(text: SystemText.error(code)))
    }

    /// The error of a connection that is being made; 0 when it is there.
    private static func wait(_ descriptor: Int32, _ time: Duration) -> Int32 {
        let end = ContinuousClock.now + time
        while true {
            let left = (end - ContinuousClock.now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return ETIMEDOUT }
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let ready = poll(&entry, 1, Int32(clamping: milliseconds))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return ready == 0 ? ETIMEDOUT : errno }
            var error: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
            return error
        }
    }
}
