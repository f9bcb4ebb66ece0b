import DeviceProfiles
import DriverAPI
import ModbusProfile
import ReadPlanning
import Simulator
import YAML

/// One test on its way: what is compared, and what went wrong.
struct TestSession {
    /// Who runs it.
    let runner: ProfileTestRunner
    /// The test.
    let test: ProfileTest
    /// What all tests touched so far.
    var record: CoverageRecord
    /// What went wrong.
    var failures: TestFailures

    private var base: DeviceProfile { runner.profile.profile }

    /// Prepares a test.
    init(runner: ProfileTestRunner, test: ProfileTest, record: CoverageRecord) {
        self.runner = runner
        self.test = test
        self.record = record
        failures = TestFailures(file: runner.file, test: test.name)
    }

    /// Runs the test from the beginning.
    mutating func run() async {
        do throws(DriverError) {
            guard let name = test.given else {
                let options = try runner.profile.values(ofOptions: test.options)
                comparePlans(of: runner.profile.applied(options: options, facts: [:]), absent: [])
                return
            }
            guard let fixture = base.fixtures[name] else {
                return failures.add(at: test.mark, "there is no fixture \(name)")
            }
            let options = fixture.options.merging(test.options) { $1 }
            let bench = try TestBench(
                runner.profile, fixture: fixture, options: options, line: test.line,
                pace: test.scenario.isEmpty ? .instant : .asOnTheLine)
            if test.scenario.isEmpty {
                try await runSteps(on: bench, isSilent: fixture.silent)
            } else {
                var scenario = ScenarioRun(session: self, bench: bench)
                try await scenario.run()
                self = scenario.session
            }
            await compareOthers(fixture)
        } catch {
            failures.add(at: test.mark, "\(error)")
        }
    }

    // MARK: Tests without a scenario

    private mutating func runSteps(on bench: TestBench, isSilent: Bool) async throws(DriverError) {
        let engine = try await bench.startHost()
        do throws(DriverError) {
            try await engine.connect()
            _ = try await engine.read(nil)
        } catch {
            await compareScore(engine)
            if test.identify != nil, case .mismatch = error { return }
            if !isSilent { failures.add(at: test.mark, "the device was not reached: \(error)") }
            return await compare(test.expect, with: engine)
        }
        await note(engine)
        if let expected = test.initWrites { await compareInit(engine, expected) }
        await runCommands(engine)
        if !test.commands.isEmpty { _ = try? await engine.read(nil) }
        await compareEnd(engine)
        await note(engine)
    }

    /// Compares what the whole test expects at its end.
    mutating func compareEnd(_ engine: ProfileEngine) async {
        await compareScore(engine)
        if let expected = test.writes {
            let frames = await engine.writtenFrames.filter { $0.cause == .command }.map(\.request.description)
            failures.compare(frames, with: expected, "expect_writes", at: test.mark)
        }
        await compare(test.expect, with: engine)
        if !test.plans.isEmpty {
            let absent = await engine.readings.filter { $0.quality == .absent }.map(\.point)
            comparePlans(of: await engine.profile, absent: Set(absent))
        }
    }

    private mutating func compareInit(_ engine: ProfileEngine, _ expected: [String]) async {
        do throws(DriverError) {
            try await engine.runInit()
        } catch {
            failures.add(at: test.mark, "init failed: \(error)")
        }
        let frames = await engine.writtenFrames.filter { $0.cause == .initial }.map(\.request.description)
        failures.compare(frames, with: expected, "expect_init", at: test.mark)
    }

    private mutating func runCommands(_ engine: ProfileEngine) async {
        var refusals: [DriverError] = []
        for command in test.commands {
            do throws(DriverError) { _ = try await engine.apply(command) } catch { refusals.append(error) }
        }
        compareRefusals(refusals)
    }

    /// Failed commands must be the refusal that the test expects.
    mutating func compareRefusals(_ refusals: [DriverError]) {
        guard let expected = test.refused else {
            for refusal in refusals { failures.add(at: test.mark, "a command failed: \(refusal)") }
            return
        }
        if refusals.contains(where: { "\($0)".contains(expected) }) { return }
        let found = refusals.isEmpty ? "no refusal" : refusals.map { "\"\($0)\"" }.joined(separator: ", ")
        failures.add(at: test.mark, "expect_refused", got: found, expected: "\"\(expected)\"")
    }

    // MARK: Comparing

    /// Takes note of what the host knows and wrote.
    mutating func note(_ engine: ProfileEngine) async {
        let profile = await engine.profile
        record.note(profile, options: await engine.optionValues, facts: await engine.facts)
        record.note(await engine.readings)
        record.note(await engine.writtenFrames.map(\.request), under: profile)
    }

    private mutating func compareScore(_ engine: ProfileEngine) async {
        guard let expected = test.identify else { return }
        let score = await engine.score
        if score == expected { return }
        failures.add(
            at: test.mark, "identify", got: score.map(String.init) ?? "no score", expected: String(expected))
    }

    /// Compares what the host knows with these values.
    mutating func compare(
        _ expected: [(name: String, value: ExpectedValue, mark: Mark)], with engine: ProfileEngine
    ) async {
        for (name, value, mark) in expected {
            let found = await TestSession.found(name, engine)
            if value.holds(found.value, found.quality) { continue }
            failures.add(
                at: mark, name, got: ExpectedValue.text(found.value, found.quality, unit: found.unit),
                expected: value.text(unit: found.unit))
        }
    }

    /// What the host knows of a point, of `state.reason` or of a fact.
    private static func found(
        _ name: String, _ engine: ProfileEngine
    ) async -> (value: Value?, quality: Quality, unit: Unit?) {
        if name.hasPrefix("fact.") {
            let value = await engine.facts[String(name.dropFirst(5))]
            return (value, value == nil ? .missing : .good, nil)
        }
        guard let reading = await engine.reading(name) else { return (nil, .absent, nil) }
        return (reading.value, reading.quality, reading.unit)
    }

    /// Other profiles must stay below the score from which the installer is asked.
    private mutating func compareOthers(_ fixture: Fixture) async {
        for id in test.identifyNot {
            guard let other = runner.library.first(where: { $0.profile.id == id }) else {
                failures.warn(at: test.mark, "identify.not: the library has no profile \(id), it was not tried")
                continue
            }
            let limit = other.profile.identify.map { min($0.askInstallerFrom, $0.accept) } ?? 101
            let score = await FixtureScore(fixture: fixture, of: runner.profile, options: test.options).score(of: other)
            if score < limit { continue }
            failures.add(at: test.mark, "the score of \(id)", got: String(score), expected: "below \(limit)")
        }
    }

    private mutating func comparePlans(of profile: DeviceProfile, absent: Set<String>) {
        guard !test.plans.isEmpty else { return }
        guard let line = test.line else { return failures.add(at: test.mark, "expect_plan needs `line`") }
        let plans = ProfilePlan(profile: profile, line: line.timing, latency: line.latency, absent: absent)
        for name in ProfilePlan.classes {
            guard let expected = test.plans[name] else { continue }
            let (plan, problems) = plans.plan(name)
            let found = plan.requests.map { PlanText($0, in: profile.modbus) }
            for problem in problems { failures.add(at: test.mark, "\(name): \(problem)") }
            if found == expected.map(PlanText.init) { continue }
            let isHex = expected.contains { $0.contains("0x") }
            failures.compare(
                found.map { $0.text(isHex: isHex) }, with: expected, "the plan \(name)", at: test.mark)
        }
    }
}
