import DeviceProfiles
import DriverAPI
import ModbusProfile
import Simulator
import YAML

/// A scenario on its way: a host with a tick of 1 s, a device to which things happen, and what is expected when.
///
/// It begins when the host has made its first round. At one time actions come first, then the host's tick, then what is
/// expected. A command is carried to its end, and its waiting counts; what was due meanwhile follows at once.
struct ScenarioRun {
    /// The host's tick.
    private static let tick = Duration.seconds(1)
    /// How long a device boots where the scenario does not say.
    private static let bootTime = Duration.seconds(3)

    /// The test.
    var session: TestSession
    /// The device, the line and the clock.
    let bench: TestBench

    private var host: ProfileEngine?
    private var start = MonotonicTime.zero
    private var nextTick = MonotonicTime.zero
    /// Until when the host is silent, or stopped.
    private var hostSilentUntil: MonotonicTime?
    private var hostStartsAt: MonotonicTime?
    /// All frames of hosts that were stopped.
    private var earlierFrames: [WrittenFrame] = []
    /// How many frames entries before have taken.
    private var taken = 0
    private var refusals: [DriverError] = []

    /// Prepares a scenario.
    init(session: TestSession, bench: TestBench) {
        self.session = session
        self.bench = bench
    }

    /// Runs the scenario to its last entry.
    mutating func run() async throws(DriverError) {
        host = try await bench.startHost()
        await host?.round()
        start = bench.clock.now
        nextTick = start.advanced(by: ScenarioRun.tick)
        var rest = session.test.scenario[...]
        while let first = rest.first {
            let together = rest.prefix { $0.at == first.at }
            rest = rest.dropFirst(together.count)
            try await pass(until: start.advanced(by: first.at))
            for entry in together { try await act(entry) }
            try await pass(through: bench.clock.now)
            for entry in together { try await expect(entry) }
        }
        session.compareRefusals(refusals)
        guard let host else { return }
        await session.compareEnd(host)
        await session.note(host)
    }

    // MARK: Time

    /// Lets the time pass up to a moment, with all ticks before it.
    private mutating func pass(until moment: MonotonicTime) async throws(DriverError) {
        while nextTick < moment { try await takeTurn() }
        bench.clock.advance(to: moment)
        try await changeHost()
    }

    /// Makes the tick that is due at a moment.
    private mutating func pass(through moment: MonotonicTime) async throws(DriverError) {
        while nextTick <= moment { try await takeTurn() }
    }

    /// One tick of the host; a tick that takes longer than its time makes the next one late, none is made up for.
    private mutating func takeTurn() async throws(DriverError) {
        bench.clock.advance(to: nextTick)
        try await changeHost()
        if hostSilentUntil == nil { await host?.round() }
        nextTick = max(nextTick.advanced(by: ScenarioRun.tick), bench.clock.now)
    }

    /// Ends a silence of the host and starts a stopped one when their time has come.
    private mutating func changeHost() async throws(DriverError) {
        let now = bench.clock.now
        if let until = hostSilentUntil, until <= now { hostSilentUntil = nil }
        if let starts = hostStartsAt, starts <= now {
            hostStartsAt = nil
            host = try await bench.startHost()
        }
    }

    // MARK: Actions

    private mutating func act(_ entry: ScenarioEntry) async throws(DriverError) {
        if entry.writes == nil { taken = await frames().count }
        let now = bench.clock.now
        if !entry.registers.isEmpty { bench.device.change(entry.registers, torn: entry.torn, at: now) }
        if !entry.exceptions.isEmpty { bench.device.refuse(entry.exceptions, at: now) }
        if let event = entry.device { happen(event, lasts: entry.lasts) }
        if let event = entry.host { try await happen(event, lasts: entry.lasts) }
        for command in entry.commands {
            guard hostSilentUntil == nil, let host else {
                session.failures.add(at: entry.mark, "the host is silent and cannot command")
                continue
            }
            do throws(DriverError) { _ = try await host.apply(command) } catch { refusals.append(error) }
        }
    }

    private func happen(_ event: ScenarioEntry.DeviceEvent, lasts: Duration?) {
        let device = bench.device
        let now = bench.clock.now
        let car = device.car
        let end = lasts.map { now.advanced(by: $0) }
        var faults = device.faults
        switch event {
        case .silent, .answers:
            faults.isSilent = event == .silent
            device.setFaults(faults, at: now)
            guard let end else { return }
            faults.isSilent.toggle()
            bench.clock.schedule(at: end) { [faults] in device.setFaults(faults, at: $0) }
        case .restarts: device.restart(at: now, bootTime: lasts ?? ScenarioRun.bootTime)
        case .losesRAM: device.loseRAM(at: now)
        case .vehiclePlugs, .vehicleLeaves, .vehicleCharges:
            device.connect(ScenarioRun.car(after: event, before: car), at: now)
            if let end { bench.clock.schedule(at: end) { device.connect(car, at: $0) } }
        }
    }

    /// The car after an event: one that plugs in waits, one that charges wants energy, plugged in before or not.
    private static func car(after event: ScenarioEntry.DeviceEvent, before: SimulatedCar?) -> SimulatedCar? {
        if event == .vehicleLeaves { return nil }
        var car = before ?? SimulatedCar()
        car.wantsEnergy = event == .vehicleCharges
        return car
    }

    private mutating func happen(_ event: ScenarioEntry.HostEvent, lasts: Duration?) async throws(DriverError) {
        let end = lasts.map { bench.clock.now.advanced(by: $0) }
        switch event {
        case .silent: hostSilentUntil = end ?? MonotonicTime(nanoseconds: .max)
        case .stops:
            if let host {
                await session.note(host)
                await host.leave(.asConfigured)
                earlierFrames += await host.writtenFrames
                await host.close()
            }
            host = nil
            hostStartsAt = end
        case .starts:
            hostSilentUntil = nil
            if host == nil { hostStartsAt = bench.clock.now }
            try await changeHost()
        }
    }

    // MARK: Expectations

    private mutating func expect(_ entry: ScenarioEntry) async throws(DriverError) {
        if let expected = entry.writes { try await expectWrites(expected, entry) }
        if !entry.expect.isEmpty {
            if let host {
                await session.compare(entry.expect, with: host)
            } else {
                session.failures.add(at: entry.mark, "the host is stopped and knows nothing")
            }
        }
        for (name, value, mark) in entry.expectDevice { expectDevice(name, value, at: mark) }
        if let host { await session.note(host) }
    }

    /// The frames since the entry before; with `within` the host's ticks go on until they are there.
    private mutating func expectWrites(_ expected: [String], _ entry: ScenarioEntry) async throws(DriverError) {
        var found = await frames().dropFirst(taken)
        if let within = entry.within {
            let latest = start.advanced(by: entry.at + within)
            while found.count < expected.count, nextTick <= latest {
                try await takeTurn()
                found = await frames().dropFirst(taken)
            }
        }
        taken += found.count
        session.failures.compare(
            Array(found), with: expected, "expect_writes at \(ScenarioRun.text(entry.at))", at: entry.mark)
    }

    private mutating func expectDevice(_ name: String, _ value: ExpectedValue, at mark: Mark) {
        let found = bench.device.value(of: name, at: bench.clock.now) ?? DecodedValue(nil, quality: .absent)
        if value.holds(found.value, found.quality) { return }
        var unit: Unit?
        if case .number(let known)? = bench.device.profile.point(name)?.value.kind { unit = known }
        session.failures.add(
            at: mark, "the device's \(name)", got: ExpectedValue.text(found.value, found.quality, unit: unit),
            expected: value.text(unit: unit))
    }

    /// Every frame so far, of stopped hosts too.
    private func frames() async -> [String] {
        let present = await host?.writtenFrames ?? []
        return (earlierFrames + present).map(\.request.description)
    }

    private static func text(_ duration: Duration) -> String {
        duration.components.attoseconds == 0 ? "\(duration.components.seconds) s" : "\(duration)"
    }
}
