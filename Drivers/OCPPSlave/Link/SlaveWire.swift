import Network
import OCPP

/// A connection as one framing sees it.
protocol SlaveWire: Sendable {
    /// Which framing it is.
    var transport: SlaveTransport { get }
    /// Where the slave connects from.
    var peer: String { get }
    /// Sends a message; `action` is what a result answers. Throws the reason in words when it cannot leave.
    func send(_ frame: Frame, answering action: Action?) throws(WireFailure)
    /// Ends the connection, with the reason for the other side.
    func close(_ reason: String)
}

/// Why a message did not leave.
struct WireFailure: Error, Hashable, CustomStringConvertible {
    let description: String
}

/// OCPP-J on a WebSocket.
struct JSONWire: SlaveWire {
    let socket: WebSocketConnection
    var transport: SlaveTransport { .json }
    var peer: String { socket.request.peer.description }

    func send(_ frame: Frame, answering action: Action?) throws(WireFailure) {
        do {
            try socket.send(String(decoding: JSONFraming().encode(frame), as: UTF8.self))
        } catch {
            throw WireFailure(description: error.description)
        }
    }

    /// A close frame has room for 123 bytes of reason (RFC 6455, 5.5).
    func close(_ reason: String) { socket.close(.policy, reason: String(reason.prefix(100))) }
}

/// The binary framing on a plain stream.
struct BinaryWire: SlaveWire {
    let stream: ByteStream
    let framing: BinaryFraming
    var transport: SlaveTransport { .binary }
    var peer: String { stream.peer.description }

    func send(_ frame: Frame, answering action: Action?) throws(WireFailure) { try send(.frame(frame), action) }

    func send(_ message: BinaryMessage, _ action: Action? = nil) throws(WireFailure) {
        do {
            try stream.send(try framing.encode(message, answering: action))
        } catch {
            throw WireFailure(description: "\(error)")
        }
    }

    func close(_ reason: String) {
        try? send(.farewell(reason))
        stream.close()
    }
}
