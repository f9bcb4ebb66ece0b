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
    let rules: ListenerRules
    var mbap = MBAPFramer()
    var rtu = RTUFramer()
    /// When bytes last came; ends RTU frames of unknown length.
    var lastByte = MonotonicTime.zero
    private var waiting: [UInt8] = []
    /// When its last whole request came; at first, when it connected.
    var lastRequest: MonotonicTime
    /// Since when a request is unfinished; nil while none is.
    var unfinishedSince: MonotonicTime?
    /// The requests that wait for their answers, and how to take them back.
    var pending: [UInt64: @Sendable () -> Void] = [:]
    /// What the loop says when it happens.
    var watched = CH_EPOLLIN
    /// Whether so many requests wait that no further ones are read.
    var isFull: Bool { pending.count >= rules.pending }
    /// What the loop is to say when it happens.
    var wanted: UInt32 { (isFull ? CH_EPOLLRDHUP : CH_EPOLLIN) | (waiting.isEmpty ? 0 : CH_EPOLLOUT) }

    init(id: UInt64, fd: Int32, of source: ListenerSource, at now: MonotonicTime) {
        self.id = id
        self.fd = fd
        listener = source.id
        handler = source.handler
        framing = source.framing
        rules = source.rules
        lastRequest = now
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
