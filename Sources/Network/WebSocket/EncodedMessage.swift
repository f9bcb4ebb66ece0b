/// A message as it goes on the wire, encoded once: sending it to any number of connections copies nothing.
public struct EncodedMessage: Hashable, Sendable {
    /// The whole unmasked frame of a server (RFC 6455, 5.2).
    let frame: [UInt8]

    /// Encodes text.
    public init(text: String) { frame = FrameWriter.frame(.text, Array(text.utf8)) }

    /// Encodes text that is UTF-8 already; what is not valid makes the client close the connection.
    public init(utf8: [UInt8]) { frame = FrameWriter.frame(.text, utf8) }

    /// Encodes bytes.
    public init(binary: [UInt8]) { frame = FrameWriter.frame(.binary, binary) }

    /// Encodes a message.
    public init(_ message: WebSocketMessage) {
        switch message {
        case .text(let text): self.init(text: text)
        case .binary(let bytes): self.init(binary: bytes)
        }
    }
}
