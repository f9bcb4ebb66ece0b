import Network

/// A WebSocket client made by hand after RFC 6455, so that it can also do what it must not.
struct RawWebSocket {
    struct Frame: Equatable {
        var first: UInt8
        var payload: [UInt8]

        var opcode: UInt8 { first & 0x0F }
        var text: String { String(decoding: payload, as: UTF8.self) }
        var closeCode: Int? { payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
    }

    let client: RawClient
    let stream: RawStream
    let response: RawResponse

    static func handshake(_ target: String, _ address: ListenAddress, _ more: String = "") -> String {
        get(
            target, address,
            "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + more)
    }

    init(
        _ address: ListenAddress, _ target: String = "/", _ more: String = "", early: [UInt8] = [],
        receiveBuffer: Int32? = nil
    ) async throws {
        client = try RawClient(address, receiveBuffer: receiveBuffer)
        stream = RawStream(client)
        try await client.send(Array(RawWebSocket.handshake(target, address, more).utf8) + early)
        response = try await stream.response(hasBody: false)
        guard response.status == 101 else { throw RawError.malformed("status \(response.status)") }
    }

    /// A frame with FIN, opcode and mask as told.
    static func frame(
        _ opcode: UInt8, _ payload: [UInt8], final: Bool = true, reserved: UInt8 = 0, masked: Bool = true
    ) -> [UInt8] {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        var frame: [UInt8] = [(final ? 0x80 : 0) | reserved | opcode]
        let bit: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case 0...125: frame.append(bit | UInt8(payload.count))
        case 126...65535: frame += [bit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: frame += [bit | 127] + (0..<8).reversed().map { UInt8(payload.count >> (8 * $0) & 0xFF) }
        }
        guard masked else { return frame + payload }
        frame += mask
        frame.reserveCapacity(frame.count + payload.count)
        var place = 0
        for byte in payload {
            frame.append(byte ^ mask[place & 3])
            place += 1
        }
        return frame
    }

    func send(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true) async throws {
        try await client.send(RawWebSocket.frame(opcode, payload, final: final))
    }

    func send(_ text: String) async throws { try await send(1, Array(text.utf8)) }

    /// The next frame; a server must not mask (RFC 6455, 5.1).
    func frame() async throws -> Frame {
        let head = try await stream.take(2)
        guard head[1] & 0x80 == 0 else { throw RawError.malformed("the server masks") }
        var length = Int(head[1] & 0x7F)
        if length >= 126 {
            length = try await stream.take(length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        return Frame(first: head[0], payload: try await stream.take(length))
    }
}
