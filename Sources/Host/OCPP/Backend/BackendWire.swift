import Network
import OCPP

/// One connection to the backend, in one framing. One task reads, any may send.
protocol BackendWire: AnyObject, Sendable {
    /// The next message as it came; nil when the connection has ended.
    func next() async -> WireMessage?

    /// What a message says; nil for one that only keeps the connection alive. `action` is what an open call asked for.
    func frame(_ message: WireMessage, actionOfCall action: (String) -> Action?) throws(FrameProblem) -> Frame?

    /// Sends a message; `action` is what a result answers. Throws the reason in words.
    func send(_ frame: Frame, answering action: Action?) throws(BackendUnusable)

    /// Whether a message that cannot be read ends the connection.
    var endsOnRubbish: Bool { get }

    /// Ends the connection.
    func close(_ code: WebSocketCloseCode, reason: String)

    /// Waits for its end.
    func closed() async -> WebSocketClosure
}

/// A message on the wire.
enum WireMessage: Sendable {
    /// One text of OCPP-J.
    case text(String)
    /// One frame of the binary framing, without its length.
    case frame([UInt8])
    /// What has no place in this framing; the sentence tells why.
    case rubbish(String)
}

/// OCPP-J on a WebSocket.
final class JSONBackendWire: BackendWire {
    private let socket: WebSocketConnection

    init(_ socket: WebSocketConnection) { self.socket = socket }

    var endsOnRubbish: Bool { false }

    func next() async -> WireMessage? {
        var messages = socket.messages.makeAsyncIterator()
        switch await messages.next() {
        case .text(let text)?: return .text(text)
        case .binary?: return .rubbish("a binary message came; OCPP-J has texts only")
        case nil: return nil
        }
    }

    func frame(_ message: WireMessage, actionOfCall action: (String) -> Action?) throws(FrameProblem) -> Frame? {
        switch message {
        case .text(let text): return try JSONFraming().decode(text)
        case .rubbish(let reason): throw .unreadable(reason)
        case .frame: return nil
        }
    }

    func send(_ frame: Frame, answering action: Action?) throws(BackendUnusable) {
        do throws(WebSocketError) {
            try socket.send(EncodedMessage(utf8: JSONFraming().encode(frame)))
        } catch {
            throw BackendUnusable(description: error.description)
        }
    }

    func close(_ code: WebSocketCloseCode, reason: String) { socket.close(code, reason: reason) }

    func closed() async -> WebSocketClosure { await socket.closed() }
}
