/// The rules of one connection (OCPP-J 1.6, 4): one call of ours is out at a time, calls of the other side are answered
/// meanwhile, answers find their calls.
///
/// It holds no socket and no clock: the time is passed in, counted from any fixed moment on a clock that never jumps. After
/// every change ask `nextCall` for what may be sent.
public struct Session: Sendable {
    /// The limits of a session.
    public struct Settings: Sendable, Hashable {
        /// How long a call of ours waits for its answer.
        public var callTimeout: Duration
        /// How long a call that comes again with the same id and content gets the same answer.
        public var repeatWindow: Duration
        /// How many calls of the other side may be unanswered at once; the standard says one.
        public var maximumOpenCalls: Int

        /// 30 s, 60 s and 16 calls.
        public init(
            callTimeout: Duration = .seconds(30), repeatWindow: Duration = .seconds(60), maximumOpenCalls: Int = 16
        ) {
            self.callTimeout = callTimeout
            self.repeatWindow = repeatWindow
            self.maximumOpenCalls = maximumOpenCalls
        }
    }

    /// Which calls of ours may go out.
    public enum Gate: Sendable, Hashable {
        case open
        /// BootNotification and what was triggered only: until the boot is accepted (OCPP 1.6, 4.2).
        case bootOnly
    }

    private struct Outstanding: Sendable {
        let ticket: Ticket
        let id: String
        let action: Action
        let deadline: Duration
    }

    /// The limits.
    public var settings: Settings
    /// Which calls of ours may go out.
    public var gate: Gate
    private var nextId: UInt64
    private var nextTicket = 0
    private var queue = CallQueue()
    private var outstanding: Outstanding?
    private var ended: [(id: String, action: Action, wasAnswered: Bool)] = []
    private var open: [IncomingCall] = []
    private var answered = AnsweredCalls()

    /// A session on a new connection.
    ///
    /// - Parameter firstId: the id of the first call; counted up from there, so that no id occurs twice. With a different
    ///   one on every connection, an answer from an earlier connection is recognised as unknown.
    public init(settings: Settings = Settings(), gate: Gate = .open, firstId: UInt64 = 1) {
        self.settings = settings
        self.gate = gate
        nextId = max(firstId, 1)
    }

    /// How many calls of ours wait to be sent.
    public var waitingCount: Int { queue.count }

    /// What the call of ours that is out asked for; nil if none is out.
    public var outstandingAction: Action? { outstanding?.action }

    /// When `expire` has to be called next; nil if no call of ours is out.
    public var deadline: Duration? { outstanding?.deadline }

    /// Puts a call at the end of its lane, or at its front: a transaction message that is repeated goes before all later ones.
    ///
    /// - Parameter passesGate: whether it goes out although the boot is not accepted; what was triggered does.
    @discardableResult
    public mutating func enqueue(
        _ request: some Request, lane: Lane? = nil, first: Bool = false, passesGate: Bool = false
    ) -> Ticket {
        let action = type(of: request).action
        return enqueue(action, request.json, lane: lane, first: first, passesGate: passesGate)
    }

    /// Puts a call with a payload that is already JSON into a lane: the transaction lane for transaction messages, else
    /// the ordinary one, if none is given.
    @discardableResult
    public mutating func enqueue(
        _ action: Action, _ payload: JSONObject, lane: Lane? = nil, first: Bool = false, passesGate: Bool = false
    ) -> Ticket {
        nextTicket += 1
        let call = CallQueue.Waiting(
            ticket: Ticket(number: nextTicket), action: action, payload: payload,
            passesGate: passesGate || action == .bootNotification)
        queue.append(call, lane ?? (action.isTransactionRelated ? .transaction : .ordinary), first: first)
        return call.ticket
    }

    /// Takes a call back that is not yet sent; false if it is out or ended.
    public mutating func cancel(_ ticket: Ticket) -> Bool { queue.remove(ticket) }

    /// The call that is to be sent now, with a new id; nil while one is out or nothing may be sent.
    public mutating func nextCall(at now: Duration) -> Frame? {
        guard outstanding == nil, let call = queue.take(gateIsOpen: gate == .open) else { return nil }
        let id = String(nextId)
        nextId = nextId == .max ? 1 : nextId + 1
        outstanding = Outstanding(
            ticket: call.ticket, id: id, action: call.action, deadline: now + settings.callTimeout)
        return .call(id: id, action: call.action.rawValue, payload: call.payload)
    }

    /// Takes a frame of the other side.
    public mutating func receive(_ frame: Frame, at now: Duration) -> [SessionEvent] {
        switch frame {
        case .call(let id, let action, let payload):
            receive(IncomingCall(id: id, action: action, payload: payload), at: now)
        case .result(let id, let payload): finish(id, .answered(payload))
        case .error(let id, let error): finish(id, .refused(error))
        }
    }

    /// The frame that answers a call of the other side; nil if it is answered already or was never made.
    public mutating func answer(
        _ id: String, with result: Result<JSONObject, CallError>, at now: Duration
    ) -> Frame? {
        guard let place = open.firstIndex(where: { $0.id == id }) else { return nil }
        let call = open.remove(at: place)
        let frame: Frame =
            switch result {
            case .success(let payload): .result(id: id, payload: payload)
            case .failure(let error): .error(id: id, error)
            }
        answered.remember(call, frame, at: now)
        return frame
    }

    /// What ends because its time is up.
    public mutating func expire(at now: Duration) -> [SessionEvent] {
        guard let call = outstanding, call.deadline <= now else { return [] }
        end(call, wasAnswered: false)
        return [.outcome(call.ticket, .timedOut)]
    }

    /// Ends everything because the connection has ended.
    public mutating func close() -> [SessionEvent] {
        var events: [SessionEvent] = []
        if let call = outstanding {
            end(call, wasAnswered: false)
            events.append(.outcome(call.ticket, .closed(wasSent: true)))
        }
        events += queue.tickets.map { .outcome($0, .closed(wasSent: false)) }
        queue.removeAll()
        open = []
        return events
    }

    /// What a call of ours that is out asked for; the binary framing needs it to read its result.
    public func actionOfOutstandingCall(_ id: String) -> Action? {
        outstanding.flatMap { $0.id == id ? $0.action : nil }
    }

    /// What an unanswered call of the other side asks for; the binary framing needs it to write its result.
    public func actionOfOpenCall(_ id: String) -> Action? {
        open.first { $0.id == id }.flatMap { Action(rawValue: $0.action) }
    }

    private mutating func receive(_ call: IncomingCall, at now: Duration) -> [SessionEvent] {
        if open.contains(where: { $0.id == call.id }) { return [.ignored(.repeatedCall(id: call.id))] }
        if let frame = answered.answer(to: call, at: now, window: settings.repeatWindow) {
            return [.send(frame), .ignored(.answeredAgain(id: call.id))]
        }
        guard open.count < settings.maximumOpenCalls else {
            let error = CallError(.genericError, "\(open.count) calls are not answered yet")
            return [.send(.error(id: call.id, error)), .ignored(.tooManyCalls(id: call.id))]
        }
        open.append(call)
        return [.call(call)]
    }

    private mutating func finish(_ id: String, _ outcome: Outcome) -> [SessionEvent] {
        if let call = outstanding, call.id == id {
            end(call, wasAnswered: true)
            return [.outcome(call.ticket, outcome)]
        }
        guard let place = ended.lastIndex(where: { $0.id == id }) else { return [.ignored(.unknownAnswer(id: id))] }
        let call = ended[place]
        ended[place].wasAnswered = true
        return [
            .ignored(
                call.wasAnswered ? .repeatedAnswer(id: id, call.action) : .lateAnswer(id: id, call.action))
        ]
    }

    private mutating func end(_ call: Outstanding, wasAnswered: Bool) {
        outstanding = nil
        if ended.count >= 64 { ended.removeFirst() }
        ended.append((call.id, call.action, wasAnswered))
    }
}
