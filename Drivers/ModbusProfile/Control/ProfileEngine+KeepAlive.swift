import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// A deadline whose expression is not known yet is taken to be this short, for the traffic alone.
    private static let cautiousDeadline = Duration.seconds(10)
    /// The host's tick; a sign is given so much earlier, for it may not come later than its share of the deadline.
    private static let tick = Duration.seconds(1)
    /// How long after a sign of life, given or failed, the next may follow.
    private static let retryPause = Duration.seconds(1)
    /// How long after a report that no sign is taken the next may follow.
    private static let reportPause = Duration.seconds(300)

    /// The device's deadline as it is now.
    enum KeepAliveDeadline: Hashable {
        /// It has no watchdog, or it is switched off.
        case never
        /// It acts so long after the last sign.
        case after(Duration)
        /// It has one, but its length is not known.
        case unknown
    }

    /// The deadline of the watchdog.
    var keepAliveDeadline: KeepAliveDeadline {
        guard let keepAlive = current.keepAlive, keepAlive.satisfiedBy != .none, let deadline = keepAlive.deadline
        else { return .never }
        switch deadline {
        case .fixed(let duration): return .after(duration)
        case .expression(let expression):
            guard let seconds = expression.evaluate(in: board).value?.number else { return .unknown }
            return .after(Duration(exactly: seconds))
        case .point(let name, let zeroMeansNever, let assume):
            guard let seconds = lastKnown(name) else { return .after(assume) }
            if seconds <= 0 { return zeroMeansNever ? .never : .after(.zero) }
            return .after(Duration(exactly: seconds))
        }
    }

    /// The last good number of a point, also while the device is silent.
    private func lastKnown(_ name: String) -> Exact? {
        guard let position = board.position(name), board.quality(of: position) != .absent else { return nil }
        return board.states[position].lastGood?.number
    }

    /// How long the watchdog waits; nil without one.
    var watchdogDeadline: Duration? {
        if case .after(let deadline) = keepAliveDeadline, current.keepAlive?.deviceThen != .keeps { return deadline }
        return nil
    }

    /// What the box does when it hears nothing, in A per phase, for the booking.
    var watchdog: Watchdog {
        guard let keepAlive = current.keepAlive, case .after(let deadline) = keepAliveDeadline else { return .none }
        switch keepAlive.deviceThen {
        case .keeps: return .none
        case .stops: return .falls(to: 0, after: deadline)
        case .limitsTo(let value): return falls(to: value, deadline)
        case .limitsToPoint(let name):
            guard let value = lastKnown(name) else { return .unknown(after: deadline) }
            let isPower = if case .number(.W)? = current.point(name)?.value.kind { true } else { false }
            return isPower
                ? .falls(to: value.divided(by: 230) ?? value, after: deadline) : .falls(to: value, after: deadline)
        case .unknown: return .unknown(after: deadline)
        }
    }

    private func falls(to value: Exact, _ deadline: Duration) -> Watchdog {
        let isPower = (try? governance().unit) == .W
        return .falls(to: isPower ? value.divided(by: 230) ?? value : value, after: deadline)
    }

    // MARK: Traffic

    /// When the next sign of life is due; nil when none is needed.
    var nextSign: MonotonicTime? {
        guard let keepAlive = current.keepAlive, configuration.writesByItself, writeBar == nil else { return nil }
        let deadline: Duration
        switch keepAliveDeadline {
        case .never: return nil
        case .after(let known): deadline = known
        case .unknown: deadline = ProfileEngine.cautiousDeadline
        }
        let last: MonotonicTime?
        switch keepAlive.satisfiedBy {
        case .none: return nil
        case .anyTransaction: last = life.transaction
        case .anyRead: last = life.read
        case .anyWrite where keepAlive.token == nil:
            guard mayRepeatSetPoint else { return nil }
            last = life.write
        case .anyWrite:
            guard mayGiveToken else { return nil }
            last = life.write
        case .token:
            guard mayGiveToken else { return nil }
            last = life.token
        case .setPoint:
            guard mayRepeatSetPoint else { return nil }
            last = life.setPoint
        }
        guard let last else { return max(life.nextTry, .zero) }
        let interval = ProfileEngine.share(keepAlive.share, of: deadline)
        let lead = min(interval / 4, ProfileEngine.tick)
        return max(last.advanced(by: interval - lead), life.nextTry)
    }

    /// Whether the set-point may be told again: it was told on this connection, and the box has answered ever since, also if
    /// it refused something. After a silence the next command comes first, for the box may have fallen back, and what it
    /// gave up may be others' by now.
    private var mayRepeatSetPoint: Bool {
        guard writes.last[current.control.charge?.set ?? ""] != nil else { return false }
        return charge.asserted != nil || life.setPoint != nil
    }

    private static func share(_ share: Exact, of duration: Duration) -> Duration {
        let part = Exact(Int(duration.wholeNanoseconds)).multiplied(by: share)?.floor.asInt
        return part.map { .nanoseconds(Int64($0)) } ?? duration
    }

    /// Gives the sign of life that is due; the next comes a second later at the earliest.
    func keepAlive() async {
        guard let keepAlive = current.keepAlive, let due = nextSign, due <= clock.now else { return }
        defer { life.nextTry = clock.now.advanced(by: ProfileEngine.retryPause) }
        do throws(DriverError) {
            switch keepAlive.satisfiedBy {
            case .none: return
            case .anyTransaction, .anyRead:
                guard let point = cheapestPoint else { return }
                guard await readNow([point]) else { return }
            case .token: try await writeToken(keepAlive)
            case .anyWrite where keepAlive.token != nil: try await writeToken(keepAlive)
            case .anyWrite, .setPoint: try await repeatSetPoint()
            }
            life.reported = nil
        } catch {
            reportNoSign(error)
        }
    }

    /// A box that answers and takes no sign of life will limit itself, whatever it is told.
    private func reportNoSign(_ error: DriverError) {
        let isNew = life.reported.map { $0.duration(to: clock.now) >= ProfileEngine.reportPause } ?? true
        guard contact.isOnline, isNew else { return }
        life.reported = clock.now
        alarm("\(current.id): it takes no sign of life, so it will do what it does without a host: \(error)")
    }

    /// The fast point with the fewest registers, else any that can be read.
    var cheapestPoint: Int? {
        let readable = board.points.indices.filter { board.points[$0].place != nil && board.states[$0].isReadable }
        let fast = readable.filter { board.points[$0].definition.poll == .fast }
        return (fast.isEmpty ? readable : fast).min {
            (board.points[$0].place?.words ?? 0) < (board.points[$1].place?.words ?? 0)
        }
    }

    /// Writes the set-point's last value again, or what it reads, if that is less: a lowering that seemed to be refused may
    /// have been heard before, and nothing above it may be told without an order.
    private func repeatSetPoint() async throws(DriverError) {
        guard let control = current.control.charge, let position = board.position(control.set),
            let rule = board.points[position].definition.write, let last = writes.last[control.set]
        else { return }
        var write = PreparedWrite(
            position: position, rule: rule, encoded: EncodedWrite(words: last.words, value: last.value))
        if charge.asserted == nil, board.quality(of: position) == .good,
            let told = life.setPoint, board.states[position].readAt > told,
            let shown = board.states[position].lastGood?.number, let value = last.value?.number, shown < value
        {
            write = try prepare(control.set, .value(.number(shown)), isLowering: true, fitting: .setPoint)
        }
        try await send(write, WriteContext(cause: .keepAlive, block: nil))
    }

    private func writeToken(_ keepAlive: KeepAlive) async throws(DriverError) {
        guard let token = keepAlive.token else { return }
        let context = WriteContext(cause: .keepAlive, block: nil)
        let prepared = try prepare(token.point, try await value(of: token), isLowering: true)
        try await send(prepared, context)
    }

    private func value(of token: KeepAlive.Token) async throws(DriverError) -> WriteValue {
        switch token.value {
        case .value(let value): return .value(value)
        case .raw(let raw): return .raw(raw)
        case .count(let range):
            let next = life.count.map { range.contains($0 + 1) ? $0 + 1 : range.lowerBound } ?? range.lowerBound
            life.count = next
            return .value(.number(Exact(next)))
        case .same:
            return .value(try await present(token.point))
        case .toggle:
            let last = writes.last[token.point]?.value
            let value: Value
            if let last { value = last } else { value = try await present(token.point) }
            switch value {
            case .bool(let bool): return .value(.bool(!bool))
            case .number(let number): return .value(.number(number == 0 ? 1 : 0))
            default: throw .unsupported("\(token.point) cannot be toggled")
            }
        }
    }

    /// What was written to a point last, else what it reads.
    private func present(_ name: String) async throws(DriverError) -> Value {
        guard let position = board.position(name) else { throw .unsupported("the profile has no point \(name)") }
        let point = board.points[position]
        if point.place != nil, board.quality(of: position) != .good {
            guard await readNow([position]) else { throw lost() }
        }
        if point.place != nil, board.quality(of: position) == .good, let value = board.states[position].value {
            return value
        }
        if let value = writes.last[name]?.value { return value }
        if case .bool = point.definition.value.kind { return .bool(false) }
        if case .number = point.definition.value.kind, point.isWriteOnly { return .number(0) }
        throw .refused("\(name) has not been read yet")
    }
}

extension Duration {
    /// A number of seconds, as long as a duration can be; negative ones are zero.
    init(exactly seconds: Exact) {
        let milliseconds = seconds.multiplied(by: 1000)?.floor.asInt ?? .max
        self = .milliseconds(min(max(milliseconds, 0), 1_000_000_000_000))
    }
}
