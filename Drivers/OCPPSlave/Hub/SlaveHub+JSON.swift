import Network
import OCPP

extension SlaveHub {
    /// Answers the opening of a WebSocket: `/<ChargePointID>`, percent-encoded, perhaps below other segments; subprotocol
    /// `ocpp1.6` (OCPP-J 1.6, 3.1).
    func greet(_ request: HTTPRequest) async -> HTTPResponse {
        let peer = request.peer.description
        guard let last = request.segments.last, let id = ChargePointID(last) else {
            let reason = "the path names no charge point; use /<ChargePointID>, percent-encoded"
            await refuse(request.peer.host, nil, reason, peer: peer)
            return .text(reason + "\n", .notFound)
        }
        guard let offer = request.webSocket else {
            return .text("Here charge points open WebSockets.\n", .upgradeRequired)
        }
        guard offer.subprotocols.contains("ocpp1.6") else {
            let offered = offer.subprotocols.isEmpty ? "none" : offer.subprotocols.joined(separator: ", ")
            await refuse(
                id.description, id, "\(id) speaks no ocpp1.6 (it offers \(offered.prefix(100)))", peer: peer)
            return .upgrade(request, speaking: ["ocpp1.6"]) { _ in }
        }
        var known: KnownSlave
        let isNew: Bool
        switch await admit(id) {
        case .success(let admitted): (known, isNew) = admitted
        case .failure(let reason):
            await refuse(id.description, id, reason.text, peer: peer)
            return .text(reason.text + "\n", .notFound)
        }
        if let reason = unauthenticated(request, id, known) {
            await refuse(id.description, id, reason, peer: peer)
            let headers: HTTPHeaders = ["WWW-Authenticate": "Basic realm=\"ocpp\"", "Content-Type": "text/plain"]
            return HTTPResponse(.unauthorized, headers: headers, body: Array((reason + "\n").utf8))
        }
        if isNew {
            do throws(RefusalReason) {
                known = try await enrol(id, peer: peer)
            } catch {
                await refuse(id.description, id, error.text, peer: peer)
                return .text(error.text + "\n", .serviceUnavailable)
            }
        }
        let slave = known
        let ping = Duration.seconds(max(10, settings.pingInterval))
        let options = WebSocketOptions(
            maximumMessage: settings.maximumMessage, maximumQueue: 4 << 20, pingInterval: ping,
            pongTimeout: .seconds(20))
        return .upgrade(request, speaking: ["ocpp1.6"], options: options) { [weak self] socket in
            await self?.serve(socket, id, slave)
        }
    }

    private func serve(_ socket: WebSocketConnection, _ id: ChargePointID, _ known: KnownSlave) async {
        let framing = JSONFraming()
        await run(JSONWire(socket: socket), id, known) { link in
            for await message in socket.messages {
                guard case .text(let text) = message else {
                    socket.close(.unsupported, reason: "OCPP-J is text")
                    return
                }
                await link.take(text: text, framing)
            }
        }
    }

    /// Why a request does not prove that it is of this slave; nil when it does, or the security profile asks for no proof
    /// (OCPP 1.6 Security Whitepaper, 2.3 to 2.5).
    private func unauthenticated(_ request: HTTPRequest, _ id: ChargePointID, _ known: KnownSlave) -> String? {
        let profile = settings.securityProfile
        if profile >= 2, request.tls == nil { return "\(id) connects in clear; security profile \(profile) wants TLS" }
        if profile == 3 {
            return request.tls?.commonName == id.description
                ? nil : "the certificate \(id) shows is not its own: its common name must be the ChargePointID"
        }
        guard profile >= 1 || known.key != nil else { return nil }
        guard let key = known.key else { return "\(id) has no key yet; security profile \(profile) wants one" }
        guard let credentials = request.basicCredentials else { return "\(id) gives no name and password" }
        guard credentials.user == id.description, ConstantTime.areEqual(credentials.password, key) else {
            return "\(id) gives a wrong name or password"
        }
        return nil
    }
}

/// Comparing secrets in a time that does not depend on where they differ.
enum ConstantTime {
    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
