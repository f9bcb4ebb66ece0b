import Glibc
import Network

/// A server made by hand that does what a test says, also what none should do.
final class RawServer: Sendable {
    let port: UInt16
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x0100_007F)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (own, listening) = (socket, length)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(own, address, listening) == 0, listen(own, 16) == 0 else { return errno }
                return getsockname(own, address, &length) == 0 ? 0 : errno
            }
        }
        guard code == 0 else { throw RawError.system("listen", code) }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { Glibc.close(socket) }

    /// The next connection; nothing is read from it.
    func accept() async throws -> RawClient {
        let socket = socket
        let accepted = await Blocking.run { () -> Int32 in
            var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 30_000) == 1 else { return -1 }
            return Glibc.accept(socket, nil, nil)
        }
        guard accepted >= 0 else { throw RawError.nothingCame }
        return RawClient(accepted: accepted)
    }

    /// Takes a WebSocket's request and answers it; `answer` gets the accept key. The connection and the request's lines.
    func acceptWebSocket(
        _ answer: (String) -> String = { RawServer.switching($0, "Sec-WebSocket-Protocol: ocpp1.6\r\n") }
    ) async throws -> (stream: RawStream, request: [String]) {
        let stream = RawStream(try await accept())
        let request = try await stream.take(until: "\r\n\r\n").split(separator: "\r\n").map(String.init)
        let key = request.first { $0.hasPrefix("Sec-WebSocket-Key: ") }?.dropFirst(19) ?? ""
        try await stream.client.send(answer(String(key)))
        return (stream, request)
    }

    static func switching(_ key: String, _ more: String = "") -> String {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(AcceptKey.of(key))\r\n\(more)\r\n"
    }
}
