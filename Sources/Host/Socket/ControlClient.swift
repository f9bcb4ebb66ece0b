import Foundation
import Glibc

/// Asks a running host through its control socket.
public struct ControlClient: Sendable {
    private let path: String

    /// A client of the host on the data folder at `folder`.
    public init(folder: String) { path = folder + "/control.sock" }

    /// The answer to `request`; waits at most `seconds`, on a thread of its own.
    public func send(_ request: ControlRequest, seconds: Int = 60) async throws(ControlSocketError) -> ControlResponse {
        let result = await withCheckedContinuation { continuation in
            Thread {
                continuation.resume(
                    returning: Result { () throws(ControlSocketError) in try exchange(request, seconds) })
            }
            .start()
        }
        return try result.get()
    }

    private func exchange(_ request: ControlRequest, _ seconds: Int) throws(ControlSocketError) -> ControlResponse {
        guard var address = ControlSocket.address(path) else { throw .tooLong(path) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .noHost(path) }
        defer { close(descriptor) }
        SocketBytes.limit(descriptor, seconds: seconds)
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw .noHost(path) }
        SocketBytes.send(HTTPText.text(request), to: descriptor)
        var bytes: [UInt8] = []
        while SocketBytes.receive(from: descriptor, into: &bytes) {}
        guard let response = HTTPText.response(bytes) else { throw .noHost(path) }
        return response
    }
}
