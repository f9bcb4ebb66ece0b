import CModbus
import DriverAPI
import Glibc

/// One client of a listener.
final class ServerConnection {
    /// More than this waiting for a client that does not read ends the connection.
    private static let longestBacklog = 64 * 1024

    let id: UInt64
    let listener: UInt64
    let fd: Int32
    let handler: ServerHandler
    let framing: ServerFraming
    var mbap = MBAPFramer()
    var rtu = RTUFramer()
    /// When bytes last came; ends RTU frames of unknown length.
    var lastByte = MonotonicTime.zero
    private var waiting: [UInt8] = []
    /// Whether the loop says when the socket can be written to.
    var isWatchedForWriting = false
    /// Whether the loop is to say when the socket can be written to.
    var wantsToWrite: Bool { !waiting.isEmpty }

    init(id: UInt64, fd: Int32, of source: ListenerSource) {
        self.id = id
        self.fd = fd
        listener = source.id
        handler = source.handler
        framing = source.framing
    }

    /// Sends, or keeps for later what the socket does not take; false when the connection is to be closed.
    func send(_ bytes: [UInt8]) -> Bool {
        waiting.append(contentsOf: bytes)
        return flush() && waiting.count <= ServerConnection.longestBacklog
    }

    /// Sends what is waiting; false when the connection is broken.
    func flush() -> Bool {
        while !waiting.isEmpty {
            let count = Glibc.send(fd, waiting, waiting.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                waiting.removeFirst(count)
            } else if errno == EINTR {
                continue
            } else {
                return errno == EAGAIN
            }
        }
        return true
    }
}
