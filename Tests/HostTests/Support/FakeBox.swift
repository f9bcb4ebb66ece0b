import DriverAPI
import LoadManagement
import Synchronization

/// A box behind a driver that keeps the contract of ``Device``: it polls, falls silent, leaves a silent box alone until its
/// watchdog has run out, and is moved by ``advance(to:)``. One session of a host with a ``PhysicalBox``.
final class FakeBox: Device {
    /// What the driver does with commands.
    enum Behaviour {
        /// Carries them out after so long.
        case carriesOut(after: Duration)
        /// The box refuses them.
        case refuses
        /// Acknowledges, but the register keeps its old value.
        case lies
        /// Never returns; the order does not arrive.
        case hangs
    }

    /// What the line does with frames.
    enum Line { case well, isMute, isDead }

    struct Call: Sendable, Equatable {
        var milliamperes: Int
        var at: MonotonicTime
        /// Whether it leaves even where the box was told the same before.
        var isAnew = false
    }

    private struct Pending {
        var order: Int
        var arrives: MonotonicTime?
        var returns: MonotonicTime?
        var result: Result<CommandOutcome, DriverError>
        var continuation: CheckedContinuation<Result<CommandOutcome, DriverError>, Never>
    }

    private struct State {
        var box: PhysicalBox
        var behaviour = Behaviour.carriesOut(after: .milliseconds(200))
        var line = Line.well
        var pending: [Pending] = []
        var calls: [Call] = []
        var sequence = 0
        var isOnline = false
        /// Whether it has not fallen silent since the start or the last answer.
        var isFresh = true
        var nextProbe = MonotonicTime.zero
        var isClosed: LeavePolicy?
        /// Whether the host may set its fall-back current and its watchdog.
        var takesFailSafe = false
        var now = MonotonicTime.zero
        var witness: @Sendable (Call) -> Void = { _ in }
    }

    let id: String
    let updates: AsyncStream<DeviceUpdate>
    private let reports: AsyncStream<DeviceUpdate>.Continuation
    private let state: Mutex<State>

    init(_ id: String, _ box: PhysicalBox = PhysicalBox(), at now: MonotonicTime = .zero) {
        self.id = id
        var start = State(box: box)
        start.now = now
        state = Mutex(start)
        (updates, reports) = AsyncStream.makeStream(of: DeviceUpdate.self)
    }

    var box: PhysicalBox { state.withLock { $0.box } }
    var calls: [Call] { state.withLock { $0.calls } }
    var open: Int { state.withLock { $0.pending.count } }
    var sequence: Int { state.withLock { $0.sequence } }
    var closed: LeavePolicy? { state.withLock { $0.isClosed } }
    func set(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }
    /// Lets `witness` see every command at the moment the driver is given it.
    func watch(_ witness: @escaping @Sendable (Call) -> Void) { state.withLock { $0.witness = witness } }
    func set(_ line: Line) { state.withLock { $0.line = line } }
    func change(_ change: (inout PhysicalBox) -> Void) { state.withLock { change(&$0.box) } }

    /// Lets the host set its fall-back current and its watchdog.
    func takeFailSafe() { state.withLock { $0.takesFailSafe = true } }

    func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await carry(command, isAnew: false)
    }

    func applyAnew(_ command: Command) async throws(DriverError) -> CommandOutcome {
        try await carry(command, isAnew: true)
    }

    private func carry(_ command: Command, isAnew: Bool) async throws(DriverError) -> CommandOutcome {
        if case .set(let point, let value) = command { return try set(point, to: value) }
        guard case .charge(let target) = command else { throw .unsupported("only charge commands") }
        let value: Int
        switch target {
        case .off: value = 0
        case .current(let amperes): value = (amperes.multiplied(by: 1000)?.floor.asInt) ?? 0
        case .power, .on: throw .unsupported("only currents")
        }
        let (witness, now) = state.withLock { ($0.witness, $0.now) }
        let call = Call(milliamperes: value, at: now, isAnew: isAnew)
        witness(call)
        let result = await withCheckedContinuation { continuation in
            let (older, answer) = state.withLock { submit(call, continuation, &$0) }
            for old in older { old.resume(returning: .failure(.superseded)) }
            if let answer { continuation.resume(returning: answer) }
        }
        return try result.get()
    }

    private func set(_ point: String, to value: Value) throws(DriverError) -> CommandOutcome {
        let description = state.withLock { state -> DeviceDescription? in
            guard state.takesFailSafe, let number = value.number else { return nil }
            switch point {
            case "failsafe_current": state.box.fallback = number.multiplied(by: 1000)?.floor.asInt ?? 0
            case "failsafe_timeout": state.box.watchdog = .seconds(number.floor.asInt ?? 0)
            default: return nil
            }
            return self.description(state.box, takesFailSafe: true)
        }
        guard let description else { throw .unsupported("no setting \(point)") }
        reports.yield(.described(description))
        return CommandOutcome(verified: true)
    }

    func read(_ points: [String]?) async throws(DriverError) -> [Reading] { state.withLock { readings(&$0, $0.now) } }

    func close(_ policy: LeavePolicy) async {
        let open = state.withLock { state in
            state.isClosed = policy
            // What is under way arrives all the same.
            for pending in state.pending where pending.arrives != nil { state.box.hear(pending.order, at: state.now) }
            defer { state.pending = [] }
            return state.pending
        }
        for pending in open { pending.continuation.resume(returning: .failure(.closed)) }
        reports.finish()
    }

    private typealias Waiter = CheckedContinuation<Result<CommandOutcome, DriverError>, Never>

    private func submit(
        _ call: Call, _ continuation: Waiter, _ state: inout State
    ) -> (older: [Waiter], answer: Result<CommandOutcome, DriverError>?) {
        let (now, value) = (state.now, call.milliamperes)
        state.calls.append(call)
        guard state.isClosed == nil else { return ([], .failure(.closed)) }
        if !state.isOnline, now < state.nextProbe { return ([], .failure(.unreachable("the device does not answer"))) }
        // What has not arrived yet is replaced; what has returns with its own result.
        let older = state.pending.filter { $0.returns != nil && $0.arrives.map { $0 > now } ?? false }
        state.pending.removeAll { $0.returns != nil && $0.arrives.map { $0 > now } ?? false }
        var pending = Pending(
            order: value, result: .failure(.unreachable("the device does not answer: timeout")),
            continuation: continuation)
        switch (state.line, state.behaviour) {
        case (.isMute, _):
            pending.arrives = now
            pending.returns = now.advanced(by: .seconds(1))
        case (.isDead, _): pending.returns = now.advanced(by: .seconds(1))
        case (.well, .carriesOut(let delay)):
            pending.arrives = now.advanced(by: delay / 2)
            pending.returns = now.advanced(by: delay)
            pending.result = .success(
                CommandOutcome(told: Exact(Int128(value), over: 1000), frames: ["06 0000 0000"], verified: true))
        case (.well, .refuses):
            pending.returns = now
            pending.result = .failure(.refusedByDevice("the device refused current_limit: exception 4"))
        case (.well, .lies):
            // What it has already, it does.
            pending.arrives = value == state.box.register ? now : nil
            pending.returns = now
            pending.result = .failure(.notVerified("current_limit reads otherwise"))
        case (.well, .hangs): break
        }
        reports.yield(.frame(now))
        state.pending.append(pending)
        return (older.map(\.continuation), nil)
    }
}

extension FakeBox {
    /// The time goes on to `now`: frames arrive, commands return, and one round is polled.
    func advance(to now: MonotonicTime) {
        let done = state.withLock { state in
            state.now = now
            for place in state.pending.indices {
                guard let arrives = state.pending[place].arrives, arrives <= now else { continue }
                state.box.hear(state.pending[place].order, at: arrives)
                state.pending[place].arrives = nil
            }
            state.box.advance(to: now)
            let done = state.pending.filter { $0.returns.map { $0 <= now } ?? false }
            state.pending.removeAll { $0.returns.map { $0 <= now } ?? false }
            for pending in done { if case .failure(.unreachable) = pending.result { fallSilent(&state, now) } }
            poll(&state, now)
            state.sequence += 1
            reports.yield(.readings([sequenceReading(&state, now)]))
            return done
        }
        for pending in done { pending.continuation.resume(returning: pending.result) }
    }

    private func poll(_ state: inout State, _ now: MonotonicTime) {
        guard state.isClosed == nil, state.isOnline || now >= state.nextProbe else { return }
        reports.yield(.frame(now))
        if state.line != .isDead { state.box.hear(nil, at: now) }
        guard state.line == .well else { return fallSilent(&state, now) }
        if !state.isOnline {
            state.isOnline = true
            state.isFresh = true
            reports.yield(.described(description(state.box, takesFailSafe: state.takesFailSafe)))
            reports.yield(.link(.online))
        }
        reports.yield(.readings(readings(&state, now)))
    }

    /// A box with a watchdog is left alone until that has run out, as drivers do.
    private func fallSilent(_ state: inout State, _ now: MonotonicTime) {
        let quiet = state.isFresh ? state.box.watchdog.map { $0 + .seconds(8) } ?? .seconds(1) : .seconds(2)
        state.isFresh = false
        state.nextProbe = now.advanced(by: quiet)
        state.isOnline = false
        reports.yield(.link(.silent(since: now, reason: "timeout")))
    }

    private func sequenceReading(_ state: inout State, _ now: MonotonicTime) -> Reading {
        Reading(point: "sequence", value: .number(Exact(state.sequence)), quality: .offline, time: now)
    }

    private func readings(_ state: inout State, _ now: MonotonicTime) -> [Reading] {
        let draw = state.box.draw(at: now)
        let drawn = PhaseCurrents(draw, on: state.box.terminals)
        func number(_ point: String, _ milliamperes: Int) -> Reading {
            Reading(
                point: point, value: Exact(Int128(milliamperes), over: 1000).map(Value.number), unit: .A,
                quality: .good,
                time: now)
        }
        let car = state.box.isPlugged ? (draw > 0 ? "C" : "B") : "A"
        let failSafe =
            state.takesFailSafe
            ? [
                number("failsafe_current", state.box.fallback),
                Reading(
                    point: "failsafe_timeout",
                    value: .number(Exact(Int((state.box.watchdog ?? .zero).inSeconds))), unit: .s, quality: .good,
                    time: now),
            ] : []
        return failSafe + [
            number("current_limit", state.box.register), number("current.l1", drawn.l1),
            number("current.l2", drawn.l2), number("current.l3", drawn.l3),
            Reading(point: "state", value: .member(car), quality: .good, time: now),
        ]
    }

    private func description(_ box: PhysicalBox, takesFailSafe: Bool) -> DeviceDescription {
        let watchdog: Watchdog =
            box.watchdog.map { .falls(to: Exact(Int128(box.fallback), over: 1000) ?? 0, after: $0) } ?? .none
        return DeviceDescription(
            deviceClass: .wallbox,
            points: ["current_limit", "current.l1", "current.l2", "current.l3", "state"],
            charging: ChargingAbility(
                maximum: 16, watchdog: watchdog,
                failSafe: takesFailSafe
                    ? FailSafeSettings(current: "failsafe_current", timeout: "failsafe_timeout") : nil,
                pacing: box.pacing))
    }
}
