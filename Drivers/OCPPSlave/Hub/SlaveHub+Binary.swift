import Network
import OCPP

extension SlaveHub {
    /// Serves one connection of the binary framing: challenge, hello, then messages.
    func serve(_ stream: ByteStream) async {
        let framing = BinaryFraming(maximumFrame: min(settings.maximumMessage, 65_536))
        let wire = BinaryWire(stream: stream, framing: framing)
        let challenge = (0..<BinaryStream.challengeLength).map { _ in UInt8.random(in: .min ... .max) }
        guard (try? stream.send(BinaryStream.serverGreeting(challenge: challenge))) != nil else { return }
        var cutter = BinaryCutter(stream, framing)
        // Who says nothing for long holds a place that others need.
        let patience = Task { [clock] in
            guard (try? await clock.sleep(.seconds(20))) != nil else { return }
            wire.close("no hello within 20 s")
        }
        let hello: BinaryHello
        do throws(WireFailure) {
            hello = try await cutter.hello()
        } catch {
            patience.cancel()
            await refuse(stream.peer.host, nil, "no hello of the binary framing: \(error)", peer: wire.peer)
            return wire.close(error.description)
        }
        patience.cancel()
        switch await judge(hello, challenge, stream) {
        case .failure(let reason):
            let id = ChargePointID(hello.chargePointId)
            await refuse(id?.description ?? stream.peer.host, id, reason.text, peer: wire.peer)
            try? wire.send(.refusal(reason: String(reason.text.prefix(255))))
            stream.close()
        case .success(let (id, known)):
            do throws(WireFailure) {
                try wire.send(.welcome(now: wallTime(), heartbeatInterval: settings.heartbeatInterval))
            } catch {
                return
            }
            let rest = cutter
            await run(wire, id, known) { link in
                var cutter = rest
                do throws(WireFailure) {
                    while let frame = try await cutter.next() {
                        guard await link.take(frame: frame, framing) else { return }
                    }
                } catch {
                    await link.close(error.description)
                }
            }
        }
    }

    private func judge(
        _ hello: BinaryHello, _ challenge: [UInt8], _ stream: ByteStream
    ) async -> Result<(ChargePointID, KnownSlave), RefusalReason> {
        guard let id = ChargePointID(hello.chargePointId) else {
            return .failure(RefusalReason(text: "\(hello.chargePointId.prefix(60)) is no ChargePointID"))
        }
        guard hello.version == "ocpp1.6" else {
            return .failure(RefusalReason(text: "\(id) speaks \(hello.version.prefix(20)), not ocpp1.6"))
        }
        if settings.securityProfile >= 2, stream.tls == nil {
            return .failure(RefusalReason(text: "\(id) connects in clear; the security profile wants TLS"))
        }
        let known: KnownSlave
        let isNew: Bool
        switch await admit(id) {
        case .failure(let reason): return .failure(reason)
        case .success(let admitted): (known, isNew) = admitted
        }
        if let reason = unproven(id, known, hello, challenge, stream) { return .failure(reason) }
        guard isNew else { return .success((id, known)) }
        do throws(RefusalReason) {
            return .success((id, try await enrol(id, peer: stream.peer.description)))
        } catch {
            return .failure(error)
        }
    }

    /// Why a hello does not prove that it is of this slave; nil when it does.
    private func unproven(
        _ id: ChargePointID, _ known: KnownSlave, _ hello: BinaryHello, _ challenge: [UInt8], _ stream: ByteStream
    ) -> RefusalReason? {
        if settings.securityProfile == 3 {
            return stream.tls?.commonName == id.description
                ? nil
                : RefusalReason(
                    text: "the certificate \(id) shows is not its own: its common name must be the ChargePointID")
        }
        guard let key = known.key else { return withoutKey(id, stream) }
        return hello.isGenuine(challenge: challenge, key: key)
            ? nil : RefusalReason(text: "\(id) does not prove that it has the key of this slave")
    }

    /// Without a key only the machine itself and the USB link between the two controllers are trusted.
    private func withoutKey(_ id: ChargePointID, _ stream: ByteStream) -> RefusalReason? {
        guard settings.securityProfile == 0 else {
            return RefusalReason(text: "\(id) has no key yet; the security profile wants one")
        }
        guard stream.peer.isLoopback || stream.peer.host.hasPrefix("192.168.125.") else {
            return RefusalReason(
                text: "\(id) has no key, and without one only the USB link (192.168.125.0/24) is taken")
        }
        log(.warning, "\(id) connects without a key (\(stream.peer)): whoever is on that network could do so too")
        return nil
    }
}

/// Takes frames out of a stream.
struct BinaryCutter: Sendable {
    private var cutter: BinaryStream
    private let framing: BinaryFraming
    private let pieces: StreamPieces

    init(_ stream: ByteStream, _ framing: BinaryFraming) {
        cutter = BinaryStream(at: .centralSystem, maximumFrame: framing.maximumFrame)
        self.framing = framing
        pieces = stream.pieces
    }

    /// The client's hello, after its greeting.
    mutating func hello() async throws(WireFailure) -> BinaryHello {
        guard let frame = try await next() else { throw WireFailure(description: "the connection ended before it") }
        let message: BinaryMessage
        do throws(FrameProblem) {
            message = try framing.decode(frame)
        } catch {
            throw WireFailure(description: error.description)
        }
        guard case .hello(let hello) = message else { throw WireFailure(description: "another message came first") }
        return hello
    }

    /// The next frame; nil when the connection has ended.
    mutating func next() async throws(WireFailure) -> [UInt8]? {
        while true {
            do throws(BinaryProblem) {
                switch try cutter.next() {
                case .frame(let frame): return frame
                case .greeting: continue
                case nil: break
                }
            } catch {
                throw WireFailure(description: error.description)
            }
            var iterator = pieces.makeAsyncIterator()
            guard let piece = await iterator.next() else { return nil }
            cutter.receive(piece)
        }
    }
}
