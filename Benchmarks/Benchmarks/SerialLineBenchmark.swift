import DriverAPI
import Modbus
import ModbusProfile
import ReadPlanning
import Simulator

/// A poll of all points of 16 boxes on one serial line, against the time that the bytes need by the planner's model.
///
/// The line is a pseudo-terminal whose far end sends its bytes at the pace of 9600 8N1; the boxes answer at once.
struct SerialLineBenchmark: Benchmark {
    static let name = "serial"

    private let profile = "cfos.power-brain.yaml"
    private let boxes = 16
    private let rounds = 3

    func run() async throws -> Outcome {
        let line = LineParameters(baud: 9600)
        let document = try ProfileFolder.document(profile)
        let terminal = try PseudoTerminal()
        let server = try SimulatorServer()
        defer { server.close() }
        let start = SystemClock().now
        var devices: [UInt8: SimulatedDevice] = [:]
        for unit in 1...boxes { devices[UInt8(unit)] = try SimulatedDevice(document, start: start) }
        try server.serve(devices, terminal: terminal, as: line)

        let bus = Bus(.serial(path: terminal.path, line))
        defer { bus.close() }
        let clock = SteppedClock()
        let link = SteppedLink(bus, clock: clock)
        var engines: [ProfileEngine] = []
        for unit in devices.keys.sorted() {
            engines.append(
                try await ProfileEngine(
                    profile: HurriedProfile(document), link: link, clock: clock, store: MemoryDriverStore(),
                    configuration: EngineConfiguration(
                        unit: unit, line: line.timing, latency: .zero, writesByItself: false)))
        }
        // Connecting, and finding out what the boxes have.
        for _ in 0..<2 { await poll(engines, clock) }

        var best = (ratio: Double.infinity, seconds: 0.0, planned: 0.0)
        for _ in 0..<rounds {
            var seconds = 0.0
            let requests = await link.requests { seconds = await Stopwatch.seconds { await poll(engines, clock) } }
            let planned = requests.reduce(Duration.zero) {
                $0 + line.timing.time(reading: Int($1.count), of: $1.table, latency: .zero)
            }.inSeconds
            guard planned > 0 else { throw BenchmarkFailure("the boxes were not read") }
            if seconds / planned < best.ratio { best = (seconds / planned, seconds, planned) }
        }
        for engine in engines where await engine.linkState != .online {
            throw BenchmarkFailure("a box fell silent: \(await engine.linkState)")
        }
        return Outcome(measurements: [
            Measurement(
                name: "a poll of \(boxes) boxes at 9600 8N1, against the planned bus time",
                ours: Figure(value: best.seconds * 1000, unit: "ms"),
                baseline: Figure(value: best.planned * 1000, unit: "ms"), bar: .ratioAtMost(1.05))
        ])
    }

    private func poll(_ engines: [ProfileEngine], _ clock: SteppedClock) async {
        clock.step(.seconds(1))
        await withTaskGroup { group in
            for engine in engines { group.addTask { _ = await engine.round() } }
        }
    }
}
