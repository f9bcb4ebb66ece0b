import Network
import OCPP
import Synchronization

/// The binary framing on a stream, as the charge point sees it (Documentation/binary-ocpp.md).
final class BinaryBackendWire: BackendWire {
    private let stream: ByteStream
    private let framing = BinaryFraming()
    private let cutter: Mutex<BinaryStream>
    private let closedHere = Mutex<(code: WebSocketCloseCode, reason: String)?>(nil)
    private let pings = Mutex<Task<Void, Never>?>(nil)

    /// How long the master may take for its greeting and its answer to the hello.
    private static let greetingTime = Duration.seconds(20)

    private init(_ stream: ByteStream) {
        self.stream = stream
        cutter = Mutex(BinaryStream(at: .chargePoint, maximumFrame: framing.maximumFrame))
    }

    deinit { pings.withLock { $0?.cancel() } }

    /// Says who this is on a new stream, with the key both sides were given, and waits to be taken.
    ///
    /// Throws `ConnectError`: `turnedAway` when the master does not take this id or key, or speaks something else.
    static func greet(
        _ stream: ByteStream, host: String, id: String, key: [UInt8]?, pingInterval: Duration?
    ) async throws(ConnectError) -> BinaryBackendWire {
        let wire = BinaryBackendWire(stream)
        let isLate = Mutex(false)
        let patience = Task {
            guard (try? await Task.sleep(for: greetingTime)) != nil else { return }
            isLate.withLock { $0 = true }
            stream.close()
        }
        defer { patience.cancel() }
        do throws(GreetingFailure) {
            try await wire.greet(id, key)
        } catch {
            stream.close()
            if Task.isCancelled { throw .cancelled }
            if isLate.withLock({ $0 }) { throw .timedOut(host: host, "the greeting of the binary framing") }
            switch error {
            case .ended: throw .lost(host: host)
            case .said(let reason): throw .turnedAway(host: host, reason: reason)
            }
        }
        if let pingInterval { wire.ping(every: pingInterval) }
        return wire
    }

    var endsOnRubbish: Bool { true }

    func next() async -> WireMessage? {
        do throws(BinaryProblem) {
            guard case .frame(let frame)? = try await piece() else { return nil }
            return .frame(frame)
        } catch {
            return .rubbish(error.description)
        }
    }

    func frame(_ message: WireMessage, actionOfCall action: (String) -> Action?) throws(FrameProblem) -> Frame? {
        switch message {
        case .text: return nil
        case .rubbish(let reason): throw .unreadable(reason)
        case .frame(let bytes):
            switch try framing.decode(bytes, actionOfCall: action) {
            case .frame(let frame): return frame
            case .ping:
                try? send(.pong)
                return nil
            case .pong: return nil
            case .hello, .welcome, .refusal: throw .unreadable("a second greeting")
            }
        }
    }

    func send(_ frame: Frame, answering action: Action?) throws(BackendUnusable) {
        try send(.frame(frame), answering: action)
    }

    func close(_ code: WebSocketCloseCode, reason: String) {
        closedHere.withLock { $0 = $0 ?? (code, reason) }
        if code == .policy { try? send(.farewell(reason)) }
        stream.close()
    }

    func closed() async -> WebSocketClosure {
        await stream.closed()
        pings.withLock { $0?.cancel() }
        guard let (code, reason) = closedHere.withLock({ $0 }) else { return .lost(reason: "the connection ended") }
        return .byUs(code: code.code, reason: reason)
    }

    private func send(_ message: BinaryMessage, answering action: Action? = nil) throws(BackendUnusable) {
        do {
            try stream.send(try framing.encode(message, answering: action))
        } catch {
            throw BackendUnusable(description: "\(error)")
        }
    }

    /// The greeting or the next frame; nil when the connection has ended.
    private func piece() async throws(BinaryProblem) -> BinaryStream.Piece? {
        while true {
            let found = cutter.withLock { cutter in
                Result { () throws(BinaryProblem) in try cutter.next() }
            }
            if let piece = try found.get() { return piece }
            var pieces = stream.pieces.makeAsyncIterator()
            guard let bytes = await pieces.next() else { return nil }
            cutter.withLock { $0.receive(bytes) }
        }
    }

    private func greet(_ id: String, _ key: [UInt8]?) async throws(GreetingFailure) {
        let message: BinaryMessage
        do {
            guard case .greeting(let challenge)? = try await piece() else { throw GreetingFailure.ended }
            let hello =
                key.map { BinaryHello(chargePointId: id, challenge: challenge, key: $0) }
                ?? BinaryHello(chargePointId: id)
            try stream.send(BinaryStream.clientGreeting + framing.encode(.hello(hello)))
            guard case .frame(let frame)? = try await piece() else { throw GreetingFailure.ended }
            message = try framing.decode(frame)
        } catch let failure as GreetingFailure {
            throw failure
        } catch is StreamError {
            throw .ended
        } catch {
            throw .said("\(error)")
        }
        switch message {
        case .welcome: return
        case .refusal(let reason): throw .said(reason)
        case .frame(.error(_, let error)): throw .said(error.description)
        default: throw .said("it answers the hello with another message")
        }
    }

    /// Asks for a sign of life; without any the stream's own time runs out.
    private func ping(every interval: Duration) {
        let task = Task { [weak self] in
            while (try? await Task.sleep(for: interval)) != nil {
                guard let self, (try? self.send(.ping)) != nil else { return }
            }
        }
        pings.withLock { $0 = task }
    }
}

/// Why a greeting did not end well.
private enum GreetingFailure: Error {
    /// The connection was lost.
    case ended
    /// The master's reason.
    case said(String)
}
