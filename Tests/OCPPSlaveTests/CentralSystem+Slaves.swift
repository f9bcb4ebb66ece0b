import Network
import OCPP

extension CentralSystem {
    /// Connects a JSON slave. Throws `ConnectError`.
    func json(
        _ id: String, _ manners: TestSlave.Manners = TestSlave.Manners(), key: String? = nil,
        subprotocols: [String] = ["ocpp1.6"]
    ) async throws -> TestSlave {
        let target = try ServerTarget("ws://127.0.0.1:\(jsonPort)").appending(segment: id)
        let credentials = key.map { BasicCredentials(user: id, password: Array($0.utf8)) }
        let socket = try await loop.connect(
            to: target, WebSocketClientOptions(subprotocols: subprotocols, credentials: credentials))
        let slave = TestSlave(
            manners,
            send: { frame, _ in try? socket.send(String(decoding: JSONFraming().encode(frame), as: UTF8.self)) },
            hangUp: { socket.close() })
        Task {
            for await message in socket.messages {
                guard case .text(let text) = message, let frame = try? JSONFraming().decode(text) else { continue }
                await slave.take(frame)
            }
            await slave.ended()
        }
        return slave
    }

    struct Turned: Error { let reason: String }

    /// Connects a binary slave. Throws ``Turned`` when it is refused.
    func binary(
        _ id: String, _ manners: TestSlave.Manners = TestSlave.Manners(), key: [UInt8]? = nil
    ) async throws -> TestSlave {
        let line = try await BinaryLine(loop, binaryPort)
        let challenge = try await line.challenge()
        try line.send(
            .hello(
                key.map { BinaryHello(chargePointId: id, challenge: challenge, key: $0) }
                    ?? BinaryHello(chargePointId: id)))
        switch try await line.message() {
        case .welcome: break
        case .refusal(let reason): throw Turned(reason: reason)
        default: throw Turned(reason: "something else came")
        }
        let slave = TestSlave(
            manners, send: { frame, action in try? line.send(.frame(frame), answering: action) },
            hangUp: { line.close() })
        Task {
            while let bytes = await line.frame() {
                var outstanding: Action?
                for id in 1..<500 where outstanding == nil {
                    outstanding = await slave.actionOfOutstandingCall(String(id))
                }
                let action = outstanding
                guard case .frame(let frame)? = try? BinaryFraming().decode(bytes, actionOfCall: { _ in action }) else {
                    continue
                }
                await slave.take(frame)
            }
            await slave.ended()
        }
        return slave
    }
}

/// The client's end of the binary framing.
final class BinaryLine: Sendable {
    let stream: ByteStream
    private let cutter: Cutter

    private actor Cutter {
        var cutter = BinaryStream(at: .chargePoint)
        let pieces: StreamPieces

        init(_ pieces: StreamPieces) { self.pieces = pieces }

        func next() async throws -> BinaryStream.Piece? {
            while true {
                if let piece = try cutter.next() { return piece }
                var iterator = pieces.makeAsyncIterator()
                guard let bytes = await iterator.next() else { return nil }
                cutter.receive(bytes)
            }
        }
    }

    init(_ stream: ByteStream) {
        self.stream = stream
        cutter = Cutter(stream.pieces)
    }

    convenience init(_ loop: NetworkLoop, _ port: UInt16) async throws {
        self.init(try await loop.connectStream(host: "127.0.0.1", port: port))
    }

    func challenge() async throws -> [UInt8] {
        guard case .greeting(let challenge)? = try await cutter.next() else {
            throw CentralSystem.Turned(reason: "no greeting")
        }
        try stream.send(BinaryStream.clientGreeting)
        return challenge
    }

    func frame() async -> [UInt8]? {
        guard let piece = try? await cutter.next(), case .frame(let bytes) = piece else { return nil }
        return bytes
    }

    func message() async throws -> BinaryMessage? {
        guard let bytes = await frame() else { return nil }
        return try BinaryFraming().decode(bytes)
    }

    func send(_ message: BinaryMessage, answering action: Action? = nil) throws {
        try stream.send(try BinaryFraming().encode(message, answering: action))
    }

    func close() { stream.close() }
}
