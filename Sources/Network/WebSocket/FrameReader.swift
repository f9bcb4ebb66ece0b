/// Puts the frames of the other side together to messages (RFC 6455, 5). Pure; bytes come in any pieces.
struct FrameReader {
    /// What the bytes meant.
    enum Event: Hashable {
        case message(WebSocketMessage)
        case ping([UInt8])
        case pong
        /// 1005 when there was no code.
        case close(UInt16, String)
    }

    /// A rule that was broken; the connection is closed with the code.
    struct Violation: Error, Hashable {
        let code: WebSocketCloseCode
        let reason: String
    }

    private struct Header {
        let opcode: FrameOpcode
        let isFinal: Bool
        let mask: [UInt8]
        let length: Int
    }

    private let maximumMessage: Int
    private let areMasked: Bool
    private var buffer: [UInt8] = []
    private var place = 0
    private var header: Header?
    private var control: [UInt8] = []
    private var received = 0
    private var message: [UInt8] = []
    private var messageOpcode: FrameOpcode?

    /// Frames of a client are masked, those of a server are not; others break the protocol (RFC 6455, 5.1).
    init(maximumMessage: Int, areMasked: Bool = true) {
        self.maximumMessage = maximumMessage
        self.areMasked = areMasked
    }

    /// Takes bytes that `next` then reads.
    mutating func append(_ bytes: some Collection<UInt8>) { buffer.append(contentsOf: bytes) }

    /// The next event; nil when more bytes are needed.
    mutating func next() throws(Violation) -> Event? {
        while true {
            if header == nil { header = try readHeader() }
            guard let current = header else {
                compact()
                return nil
            }
            takePayload(current)
            guard received == current.length else {
                compact()
                return nil
            }
            header = nil
            received = 0
            if let event = try finish(current) { return event }
        }
    }

    private mutating func compact() {
        if place == buffer.count {
            buffer = []
        } else {
            buffer.removeFirst(place)
        }
        place = 0
    }

    private mutating func readHeader() throws(Violation) -> Header? {
        let bytes = buffer[place...]
        guard bytes.count >= 2 else { return nil }
        let first = buffer[place]
        let second = buffer[place + 1]
        guard first & 0x70 == 0 else { throw broken("a reserved bit is set") }
        guard let opcode = FrameOpcode(rawValue: first & 0x0F) else { throw broken("the opcode is reserved") }
        guard (second & 0x80 != 0) == areMasked else {
            throw broken(areMasked ? "a client's frame is not masked" : "a server's frame is masked")
        }
        let isFinal = first & 0x80 != 0
        let short = Int(second & 0x7F)
        if opcode.isControl {
            guard isFinal else { throw broken("a control frame is fragmented") }
            guard short <= 125 else { throw broken("a control frame is longer than 125 bytes") }
        } else {
            guard (opcode == .continuation) == (messageOpcode != nil) else {
                throw broken(opcode == .continuation ? "there is nothing to continue" : "a message is not finished")
            }
        }
        let extra = short == 126 ? 2 : short == 127 ? 8 : 0
        let end = 2 + extra + (areMasked ? 4 : 0)
        guard bytes.count >= end else { return nil }
        var length = UInt64(short)
        if extra > 0 { length = buffer[(place + 2)..<(place + 2 + extra)].reduce(0) { $0 << 8 | UInt64($1) } }
        guard extra == 0 || length >= (extra == 2 ? 126 : 0x10000), length >> 63 == 0 else {
            throw broken("the length is not written in its shortest form")
        }
        if !opcode.isControl, length > UInt64(max(0, maximumMessage - message.count)) {
            throw Violation(code: .tooBig, reason: "messages longer than \(maximumMessage) bytes are not taken")
        }
        let mask = Array(buffer[(place + 2 + extra)..<(place + end)])
        place += end
        return Header(opcode: opcode, isFinal: isFinal, mask: mask, length: Int(length))
    }

    private mutating func takePayload(_ header: Header) {
        let count = min(header.length - received, buffer.count - place)
        guard count > 0 else { return }
        let start = received
        let source = place
        let unmask = { (target: inout [UInt8], buffer: [UInt8]) in
            guard !header.mask.isEmpty else {
                target += buffer[source..<(source + count)]
                return
            }
            target.reserveCapacity(target.count + count)
            for step in 0..<count { target.append(buffer[source + step] ^ header.mask[(start + step) & 3]) }
        }
        if header.opcode.isControl { unmask(&control, buffer) } else { unmask(&message, buffer) }
        place += count
        received += count
    }

    private mutating func finish(_ header: Header) throws(Violation) -> Event? {
        guard !header.opcode.isControl else {
            defer { control = [] }
            switch header.opcode {
            case .ping: return .ping(control)
            case .close: return try close(control)
            default: return .pong
            }
        }
        if header.opcode != .continuation { messageOpcode = header.opcode }
        guard header.isFinal else { return nil }
        defer {
            message = []
            messageOpcode = nil
        }
        if messageOpcode == .binary { return .message(.binary(message)) }
        guard let text = String(validating: message, as: UTF8.self) else {
            throw Violation(code: .invalidText, reason: "the text is no UTF-8")
        }
        return .message(.text(text))
    }

    private func close(_ payload: [UInt8]) throws(Violation) -> Event {
        if payload.isEmpty { return .close(1005, "") }
        guard payload.count >= 2 else { throw broken("a close code has two bytes") }
        let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
        guard WebSocketCloseCode.isSendable(code) else { throw broken("the close code \(code) must not be sent") }
        guard let reason = String(validating: payload.dropFirst(2), as: UTF8.self) else {
            throw Violation(code: .invalidText, reason: "the close reason is no UTF-8")
        }
        return .close(code, reason)
    }

    private func broken(_ reason: String) -> Violation { Violation(code: .protocolError, reason: reason) }
}
