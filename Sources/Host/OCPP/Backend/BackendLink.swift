import DriverAPI
import Network
import OCPP
import Storage

/// The one connection to the backend: keeps it, carries the calls of both sides, and sends the queue of transactions.
///
/// Connections are made one after the other for ever, with a growing wait between them. Calls that were not answered when
/// a connection ends have ended too; messages of the queue are sent again on the next one.
actor BackendLink {
    /// What happens, in order; one consumer.
    nonisolated let events: AsyncStream<BackendEvent>

    let clock: any SiteClock
    let queue: TransactionQueue
    private let loop: NetworkLoop
    private let log: HostLog
    private let access: @Sendable () async throws(BackendUnusable) -> BackendAccess
    private let feed: AsyncStream<BackendEvent>.Continuation

    private var backOff: ReconnectBackOff
    private var pause: Task<Void, Never>?
    private var connection: (any BackendWire)?
    private var connectedAt = MonotonicTime.zero
    private var isClosedHere = false
    private var complaints: Set<String> = []
    private var calls: [Ticket: Int] = [:]
    private var held: [IncomingCall] = []
    private var timer: (fires: MonotonicTime, task: Task<Void, Never>)?
    /// The rules of the present connection, or of the last one.
    var session = Session()
    /// How many connections there have been.
    private(set) var generation = 0
    private var gate: Session.Gate = .bootOnly
    private var callTimeout: Duration = .seconds(60)

    /// When a failed message is sent again.
    var rule = AttemptRule(attempts: 3, interval: .seconds(60))
    /// The message of the queue that is on its way.
    var sending: SentMessage?
    var isFetching = false
    var isWanted = false
    /// Before that nothing of the queue is sent.
    var pumpsAt: MonotonicTime?

    /// A link that is not running. `access` is asked for before every connection.
    init(
        queue: TransactionQueue, loop: NetworkLoop, clock: any SiteClock, log: HostLog,
        backOff: ReconnectBackOff = ReconnectBackOff(),
        access: @escaping @Sendable () async throws(BackendUnusable) -> BackendAccess
    ) {
        self.queue = queue
        self.loop = loop
        self.clock = clock
        self.log = log
        self.backOff = backOff
        self.access = access
        (events, feed) = AsyncStream.makeStream(of: BackendEvent.self, bufferingPolicy: .unbounded)
    }

    /// Whether there is a connection.
    var isConnected: Bool { connection != nil }
    /// Whether the queue may be sent.
    var isOpen: Bool { connection != nil && gate == .open }
    var now: Duration { .nanoseconds(clock.now.nanoseconds) }

    /// Connects and serves until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let isRefusal = await connectOnce()
            if Task.isCancelled { break }
            let wait = backOff.wait(isRefusal: isRefusal, chance: .random(in: 0...1))
            let pause = Task { [clock] in _ = try? await clock.sleep(wait) }
            self.pause = pause
            await withTaskCancellationHandler {
                await pause.value
            } onCancel: {
                pause.cancel()
            }
            self.pause = nil
        }
        feed.finish()
    }

    /// Makes a call; its end comes as an event with the same number.
    func call(_ number: Int, _ request: some Request, lane: Lane, passesGate: Bool = false) {
        guard isConnected else { return emit(.outcome(call: number, .closed(wasSent: false))) }
        calls[session.enqueue(request, lane: lane, passesGate: passesGate)] = number
        flush()
    }

    /// Answers a call of the backend; one that is answered already, or of an earlier connection, stays as it is.
    func answer(_ id: String, _ result: Result<JSONObject, CallError>) {
        let action = session.actionOfOpenCall(id)
        guard isConnected, let frame = session.answer(id, with: result, at: now) else { return }
        send(frame, answering: action)
    }

    /// Which calls may go out, on this connection and on later ones.
    func setGate(_ gate: Session.Gate) {
        self.gate = gate
        session.gate = gate
        flush()
        pump()
    }

    /// How long an answer is waited for, and when a failed transaction message is sent again.
    func set(callTimeout: Duration, rule: AttemptRule) {
        self.callTimeout = callTimeout
        session.settings.callTimeout = callTimeout
        self.rule = rule
    }

    /// Closes the connection after all answers have left, and connects at once with what is asked for then.
    ///
    /// A call of ours that is out is answered first: a backend that fails to answer on a closing connection may drop our
    /// own answers with it.
    func reconnect() {
        backOff.forget()
        pause?.cancel()
        guard let leaving = connection, !isClosedHere else { return }
        isClosedHere = true
        Task {
            for _ in 0..<10 where session.outstandingAction != nil && connection === leaving {
                try? await clock.sleep(.milliseconds(100))
            }
            try? await clock.sleep(.milliseconds(100))
            leaving.close(.normal, reason: "reconnecting")
        }
    }

    /// The connection does not carry what is sent; a new one is made.
    func giveUp(_ reason: String) {
        isClosedHere = true
        connection?.close(.goingAway, reason: reason)
    }

    func emit(_ event: BackendEvent) { feed.yield(event) }

    /// One connection from its beginning to its end; whether the backend refused it.
    private func connectOnce() async -> Bool {
        let access: BackendAccess
        do throws(BackendUnusable) {
            access = try await self.access()
        } catch {
            emit(.unusable(reason: error.description))
            return true
        }
        let connection: any BackendWire
        do throws(ConnectError) {
            connection = try await access.open(on: loop)
        } catch {
            if error == .cancelled { return false }
            emit(.failed(error))
            return error.isRefusal
        }
        begin(connection)
        await withTaskCancellationHandler {
            while let message = await connection.next() {
                if !take(message, of: connection) { break }
            }
        } onCancel: {
            connection.close(.goingAway, reason: "the host ends")
        }
        await end(connection, await connection.closed())
        return false
    }

    private func begin(_ connection: any BackendWire) {
        generation += 1
        connectedAt = clock.now
        isClosedHere = false
        complaints = []
        held = []
        // Another first id on every connection: an answer from an earlier one is recognised as unknown.
        session = Session(
            settings: Session.Settings(callTimeout: callTimeout), gate: gate,
            firstId: UInt64(connectedAt.nanoseconds.magnitude) << 8 | UInt64.random(in: 0..<256))
        self.connection = connection
        emit(.connected)
        pump()
    }

    private func end(_ connection: any BackendWire, _ closure: WebSocketClosure) async {
        self.connection = nil
        backOff.ended(after: connectedAt.duration(to: clock.now))
        let reason = closure.text
        let isTheirs = if case .byUs = closure { false } else { !isClosedHere }
        var wasSent = true
        for case .outcome(let ticket, let outcome) in session.close() {
            if ticket == sending?.ticket, outcome == .closed(wasSent: false) { wasSent = false }
            if let number = calls.removeValue(forKey: ticket) { emit(.outcome(call: number, outcome)) }
        }
        emit(.disconnected(reason: reason))
        if let sending, !sending.isSettling { await lost(sending, isTheirs: isTheirs && wasSent) }
    }

    /// Takes a message; false when nothing can be read after it any more.
    private func take(_ message: WireMessage, of connection: any BackendWire) -> Bool {
        do throws(FrameProblem) {
            let frame = try connection.frame(message) { session.actionOfOutstandingCall($0) }
            guard let frame else { return true }
            handle(session.receive(frame, at: now))
            flush()
            return true
        } catch {
            complain(error.description)
            if connection.endsOnRubbish {
                connection.close(.policy, reason: error.description)
                return false
            }
            if let answer = error.answer { send(answer) }
            return true
        }
    }

    private func handle(_ events: [SessionEvent]) {
        for event in events {
            switch event {
            case .send(let frame): send(frame)
            case .call(let call): ask(call)
            case .ignored(let why): complain("\(why)")
            case .outcome(let ticket, let outcome):
                if let number = calls.removeValue(forKey: ticket) {
                    emit(.outcome(call: number, outcome))
                } else {
                    ended(ticket, outcome)
                }
            }
        }
    }

    /// A call that came after an answer that is still being stored waits for it: it may name the id in the answer.
    private func ask(_ call: IncomingCall) {
        if sending?.isSettling ?? false { held.append(call) } else { emit(.request(call)) }
    }

    /// What came in is stored.
    func release() {
        for call in held { emit(.request(call)) }
        held = []
    }

    /// Sends what may be sent now.
    func flush() {
        guard isConnected else { return }
        if !isClosedHere, let frame = session.nextCall(at: now) { send(frame) }
        if let deadline = session.deadline {
            arm(MonotonicTime(nanoseconds: deadline.wholeNanoseconds))
        }
    }

    private func send(_ frame: Frame, answering action: Action? = nil) {
        do throws(BackendUnusable) {
            try connection?.send(frame, answering: action)
        } catch {
            // The end of the connection follows as its closure.
            complain(error.description)
        }
    }

    /// Wakes up at `time` at the latest.
    func arm(_ time: MonotonicTime) {
        if let timer, timer.fires <= time { return }
        timer?.task.cancel()
        let task = Task { [weak self, clock] in
            do { try await clock.sleep(until: time, tolerance: nil) } catch { return }
            await self?.fire()
        }
        timer = (time, task)
    }

    private func fire() {
        timer = nil
        if isConnected {
            handle(session.expire(at: now))
            flush()
        }
        if let pumpsAt {
            if clock.now >= pumpsAt { self.pumpsAt = nil } else { arm(pumpsAt) }
        }
        pump()
    }

    /// Once for each kind of fault and connection; a backend that only sends rubbish fills no log.
    private func complain(_ text: String) {
        guard complaints.count < 16, complaints.insert(String(text.prefix(24))).inserted else { return }
        log.write(.warning, "backend: \(text)")
    }
}

extension WebSocketClosure {
    /// How a connection ended, for people.
    fileprivate var text: String {
        switch self {
        case .byPeer(let code, let reason): "the backend closed it (\(code)\(reason.isEmpty ? "" : " \(reason)"))"
        case .byUs(let code, let reason): "it was closed here (\(code)\(reason.isEmpty ? "" : " \(reason)"))"
        case .lost(let reason): "it was lost: \(reason)"
        }
    }
}
