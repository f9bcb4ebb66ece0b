import Foundation
import Glibc
import Synchronization

/// The host's control socket: the routes of the HTTP interface on a Unix socket that only its owner can open.
public final class ControlSocket: Sendable {
    /// Answers one request.
    public typealias Handler = @Sendable (ControlRequest) async -> ControlResponse

    private static let clientLimit = 16
    private let path: String
    private let listener: Int32
    private let stopping = Mutex(false)
    private let clients = Mutex(0)
    private let handler: Handler

    /// Binds the socket at `path` and starts to listen; a left-over socket of a dead host is replaced.
    ///
    /// Throws ``ControlSocketError`` when it cannot be bound. The caller holds the data folder's lock.
    public init(_ path: String, handler: @escaping Handler) throws(ControlSocketError) {
        self.path = path
        self.handler = handler
        unlink(path)
        guard var address = ControlSocket.address(path) else { throw .tooLong(path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .notBound(path, String(cString: strerror(errno))) }
        // Linux gives the file the mode of the socket; a umask would hold for every thread of the process.
        fchmod(descriptor, 0o600)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, listen(descriptor, 16) == 0 else {
            let why = String(cString: strerror(errno))
            close(descriptor)
            throw .notBound(path, why)
        }
        listener = descriptor
        let thread = Thread { [weak self] in ControlSocket.accept(descriptor) { self } }
        thread.name = "control-socket"
        thread.start()
    }

    /// Stops listening and removes the socket.
    public func stop() {
        let first = stopping.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard first else { return }
        unlink(path)
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private static func accept(_ listener: Int32, _ owner: () -> ControlSocket?) {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            if client < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                if errno == EMFILE || errno == ENFILE {
                    poll(nil, 0, 100)
                    continue
                }
                close(listener)
                return
            }
            guard let owner = owner(), owner.enter() else {
                close(client)
                continue
            }
            owner.serve(client)
        }
    }

    private func enter() -> Bool {
        clients.withLock { count in
            guard count < ControlSocket.clientLimit else { return false }
            count += 1
            return true
        }
    }

    /// Each client has a thread of its own: a slow one delays nobody, and there are at most ``clientLimit``.
    private func serve(_ client: Int32) {
        let thread = Thread { [self] in
            let progress = ControlSocket.receive(client)
            Task {
                let response: ControlResponse
                switch progress {
                case .complete(let request): response = await handler(request)
                case .bad(let problem): response = problem
                case .incomplete: response = .problem(400, "incomplete", "the request ended too early")
                }
                SocketBytes.send(HTTPText.text(response), to: client)
                close(client)
                clients.withLock { $0 -= 1 }
            }
        }
        thread.start()
    }

    private static func receive(_ client: Int32) -> HTTPText.Progress {
        SocketBytes.limit(client, seconds: 5)
        var bytes: [UInt8] = []
        while true {
            let progress = HTTPText.request(bytes)
            guard case .incomplete = progress else { return progress }
            guard SocketBytes.receive(from: client, into: &bytes) else { return progress }
        }
    }

    static func address(_ path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }
}

/// Why the control socket cannot be bound or reached.
public enum ControlSocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path does not fit into a socket address.
    case tooLong(String)
    /// It cannot be bound.
    case notBound(String, String)
    /// Nobody answers.
    case noHost(String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .tooLong(let path):
            "the path \(path) is longer than a socket address allows (107 bytes); use a shorter data folder"
        case .notBound(let path, let why): "the control socket \(path) cannot be made: \(why)"
        case .noHost(let path): "no host answers on \(path)"
        }
    }
}
