/// The work of a polled device: one call of the box at a time, commands before rounds.
actor PolledWork<Box: PolledBox> {
    private let box: Box
    private let clock: any SiteClock
    private let report: @Sendable (DeviceUpdate) -> Void
    private var description: DeviceDescription?
    private var silence: (since: MonotonicTime, reason: String, tries: Int)?
    private var hasMismatch = false
    private var isClosed = false
    private var newestCharge = 0
    private var isBusy = false
    private var commands: [CheckedContinuation<Void, Never>] = []
    private var others: [CheckedContinuation<Void, Never>] = []

    init(_ box: Box, clock: any SiteClock, report: @escaping @Sendable (DeviceUpdate) -> Void) {
        self.box = box
        self.clock = clock
        self.report = report
    }

    /// One round; how long to wait before the next where that is not the interval.
    func round() async -> Duration? {
        await take(isCommand: false)
        defer { give() }
        guard !isClosed else { return nil }
        if hasMismatch { return .seconds(60) }
        do throws(DriverError) {
            report(.readings(try await readings()))
            return nil
        } catch {
            return silenced(by: error)
        }
    }

    func read() async throws(DriverError) -> [Reading] {
        await take(isCommand: false)
        defer { give() }
        guard !isClosed else { throw .closed }
        return try await readings()
    }

    func apply(_ command: Command) async throws(DriverError) -> CommandOutcome {
        var order = 0
        if case .charge = command {
            newestCharge += 1
            order = newestCharge
        }
        await take(isCommand: true)
        defer { give() }
        guard !isClosed else { throw .closed }
        guard order == 0 || order == newestCharge else { throw .superseded }
        if hasMismatch { throw .mismatch("a device of another make answers: it is told nothing") }
        if description == nil { try await connect() }
        defer { report(.frame(clock.now)) }
        return try await box.carryOut(command)
    }

    func close(_ policy: LeavePolicy) async {
        await take(isCommand: true)
        defer { give() }
        guard !isClosed else { return }
        isClosed = true
        if !hasMismatch { await box.leave(policy) }
    }

    private func readings() async throws(DriverError) -> [Reading] {
        if description == nil { try await connect() }
        let readings = try await box.poll()
        report(.frame(clock.now))
        if silence != nil { report(.link(.online)) }
        silence = nil
        return readings
    }

    private func connect() async throws(DriverError) {
        let found = try await box.describe()
        description = found
        silence = nil
        report(.described(found))
        report(.link(.online))
    }

    private func silenced(by error: DriverError) -> Duration {
        if case .mismatch(let reason) = error {
            hasMismatch = true
            report(.link(.mismatch(reason)))
            return .seconds(60)
        }
        description = nil
        let before = silence ?? (clock.now, "", 0)
        silence = (before.since, error.description, min(before.tries + 1, 30))
        if before.reason != error.description {
            report(.link(.silent(since: before.since, reason: error.description)))
        }
        return .seconds(min(before.tries + 1, 30))
    }

    private func take(isCommand: Bool) async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting in
            if isCommand { commands.append(waiting) } else { others.append(waiting) }
        }
    }

    private func give() {
        if !commands.isEmpty {
            commands.removeFirst().resume()
        } else if !others.isEmpty {
            others.removeFirst().resume()
        } else {
            isBusy = false
        }
    }
}
