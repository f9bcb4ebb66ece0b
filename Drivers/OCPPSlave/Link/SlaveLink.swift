import DriverAPI
import OCPP

/// One connection of one slave: the calls of both sides on it, and its end.
///
/// Answers to our calls are taken while a call of the slave is at work, so that neither waits for the other.
actor SlaveLink {
    nonisolated let wire: any SlaveWire
    nonisolated let since: MonotonicTime
    /// The slave's calls in their order; it ends with the connection.
    nonisolated let calls: AsyncStream<IncomingCall>

    private let clock: any SiteClock
    private let log: @Sendable (LogLevel, String) -> Void
    private let feed: AsyncStream<IncomingCall>.Continuation
    private var session: Session
    private var waiting: [Ticket: CheckedContinuation<Outcome, Never>] = [:]
    private var isClosed = false
    private var complaints: Set<String> = []
    private var timer: Task<Void, Never>?

    init(
        _ wire: any SlaveWire, clock: any SiteClock, timeout: Duration,
        log: @escaping @Sendable (LogLevel, String) -> Void
    ) {
        self.wire = wire
        self.clock = clock
        self.log = log
        since = clock.now
        // Another first id on every connection: what belongs to an earlier one is recognised as such.
        session = Session(
            settings: Session.Settings(callTimeout: timeout), firstId: UInt64.random(in: 1...1_000_000_000))
        (calls, feed) = AsyncStream.makeStream(of: IncomingCall.self, bufferingPolicy: .unbounded)
    }

    private var now: Duration { .nanoseconds(clock.now.nanoseconds) }

    /// Makes a call and waits for its end.
    func call(_ action: Action, _ payload: JSONObject) async -> Outcome {
        guard !isClosed else { return .closed(wasSent: false) }
        return await withCheckedContinuation { continuation in
            waiting[session.enqueue(action, payload, lane: .ordinary)] = continuation
            pump()
        }
    }

    /// Answers a call of the slave.
    func answer(_ id: String, _ result: Result<JSONObject, CallError>) {
        let action = session.actionOfOpenCall(id)
        guard !isClosed, let frame = session.answer(id, with: result, at: now) else { return }
        send(frame, answering: action)
    }

    /// Takes a text of OCPP-J. What is no message is complained of and changes nothing.
    func take(text: String, _ framing: JSONFraming) {
        do throws(FrameProblem) {
            take(try framing.decode(text))
        } catch {
            complain(error.description)
            if let answer = error.answer { send(answer, answering: nil) }
        }
    }

    /// Takes a frame of the binary framing; false when the connection has to end.
    func take(frame bytes: [UInt8], _ framing: BinaryFraming) -> Bool {
        do throws(FrameProblem) {
            switch try framing.decode(bytes, actionOfCall: { session.actionOfOutstandingCall($0) }) {
            case .frame(let frame): take(frame)
            case .ping: try? (wire as? BinaryWire)?.send(.pong)
            case .pong: break
            case .hello, .welcome, .refusal:
                complain("a second greeting")
                return false
            }
            return true
        } catch {
            complain(error.description)
            wire.close(error.description)
            return false
        }
    }

    /// Ends the connection from this side.
    func close(_ reason: String) {
        guard !isClosed else { return }
        wire.close(reason)
        end()
    }

    /// The connection has ended.
    func end() {
        guard !isClosed else { return }
        isClosed = true
        handle(session.close())
        feed.finish()
    }

    private func take(_ frame: Frame) {
        guard !isClosed else { return }
        handle(session.receive(frame, at: now))
        pump()
    }

    private func handle(_ events: [SessionEvent]) {
        for event in events {
            switch event {
            case .send(let frame): send(frame, answering: nil)
            case .call(let call): feed.yield(call)
            case .outcome(let ticket, let outcome):
                timer?.cancel()
                timer = nil
                waiting.removeValue(forKey: ticket)?.resume(returning: outcome)
            case .ignored(let why): complain("\(why)")
            }
        }
    }

    private func pump() {
        guard !isClosed, let frame = session.nextCall(at: now) else { return }
        send(frame, answering: nil)
        // One waits for the call that is out; an answered one leaves nobody waiting.
        timer?.cancel()
        let timeout = session.settings.callTimeout
        timer = Task { [weak self, clock] in
            guard (try? await clock.sleep(timeout)) != nil else { return }
            await self?.expire()
        }
    }

    private func expire() {
        guard !isClosed else { return }
        handle(session.expire(at: now))
        pump()
    }

    private func send(_ frame: Frame, answering action: Action?) {
        do throws(WireFailure) {
            try wire.send(frame, answering: action)
        } catch {
            complain("a message could not be sent: \(error)")
        }
    }

    /// Once for each kind of fault and connection; a slave that only sends rubbish fills no log.
    private func complain(_ text: String) {
        guard complaints.count < 16, complaints.insert(String(text.prefix(24))).inserted else { return }
        log(.warning, "\(wire.peer): \(text)")
    }
}
