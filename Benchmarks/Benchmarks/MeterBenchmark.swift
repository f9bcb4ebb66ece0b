import DeviceProfiles
import DriverAPI
import Modbus
import ModbusProfile
import ReadPlanning

/// Rounds of a whole meter over loopback TCP: plan, reads, values; every register changes between two rounds.
struct MeterBenchmark: Benchmark {
    static let name = "meter"

    private let profile = "eastron.sdm630.yaml"
    private let rounds = 100

    func run() async throws -> Outcome {
        let server = try BaselineServer()
        let peer = try BaselineServer()
        let bus = Bus(server.endpoint)
        defer { bus.close() }
        let clock = SteppedClock()
        let link = SteppedLink(bus, clock: clock)
        let document = try ProfileFolder.document(profile)
        let engine = try await ProfileEngine(
            profile: HurriedProfile(document), link: link, clock: clock, store: MemoryDriverStore(),
            configuration: EngineConfiguration(latency: .milliseconds(1)))
        for _ in 0..<20 { _ = await round(engine, clock) }
        let requests = await link.requests { _ = await round(engine, clock) }
        let count = document.profile.points.filter { $0.place != nil }.count
        guard !requests.isEmpty else { throw BenchmarkFailure("the meter was not read: \(await engine.linkState)") }

        let times = try await Stopwatch.shortest(of: 60) {
            await withTaskExecutorPreference(link.executor) {
                await Stopwatch.seconds {
                    for _ in 0..<rounds { _ = await round(engine, clock) }
                }
            }
        } baseline: {
            try peer.seconds(rounds: rounds, of: requests)
        }
        let fresh = await round(engine, clock).filter { $0.quality == .good }.count
        guard fresh == count else { throw BenchmarkFailure("a round brings \(fresh) values and not \(count)") }
        let blocks = requests.map(\.description).joined(separator: ", ")
        var outcome = Outcome(measurements: [
            Measurement(
                name: "rounds of \(profile), \(count) values, against its \(requests.count) reads alone",
                ours: Figure(value: Double(rounds) / times.ours, unit: "rounds/s"),
                baseline: Figure(value: Double(rounds) / times.baseline, unit: "rounds/s"), bar: .ratioAtLeast(0.85))
        ])
        outcome.notes.append("the reads of a round: \(blocks)")
        try comparePymodbus(Double(count * rounds) / times.ours, document, peer, &outcome)
        return outcome
    }

    /// One round with everything due; the readings that are new.
    private func round(_ engine: ProfileEngine, _ clock: SteppedClock) async -> [Reading] {
        clock.step(.seconds(1))
        return await engine.round()
    }

    private func comparePymodbus(
        _ ours: Double, _ document: ProfileDocument, _ server: BaselineServer, _ outcome: inout Outcome
    ) throws {
        let places = document.profile.points.compactMap(\.place)
        guard let theirs = try Pymodbus.valuesPerSecond(places.map(\.address), port: server.port) else {
            outcome.notes.append("CHARGEHOST_VENV is not set: nothing is compared with pymodbus")
            return
        }
        outcome.measurements.append(
            Measurement(
                name: "values of \(profile), against pymodbus value by value",
                ours: Figure(value: ours, unit: "values/s"),
                baseline: Figure(value: theirs, unit: "values/s"), bar: .ratioAtLeast(5)))
    }
}
