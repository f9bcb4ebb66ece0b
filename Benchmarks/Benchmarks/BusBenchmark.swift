import DriverAPI
import Modbus
import ReadPlanning

/// Reads over loopback TCP: a bus against a loop in C on libmodbus, both asking libmodbus' own server.
struct BusBenchmark: Benchmark {
    static let name = "bus"

    private let reads = 1000
    /// Reads between two looks at the clock where each is awaited: few, so that some rounds are left undisturbed.
    private let few = 200

    func run() async throws -> Outcome {
        let requests = (0..<reads).map { ReadRequest(.holding, at: UInt16($0 * 20), count: 20) }
        let batch = requests.map { UnitRead($0, unit: 1) }
        let (servers, peer) = (try BaselineServer(), try BaselineServer())
        let bus = Bus(servers.endpoint)
        defer { bus.close() }
        let options = RequestOptions()

        let batched = try await Stopwatch.shortest(of: 30) {
            try await Stopwatch.seconds {
                for result in await bus.read(batch, options: options) { _ = try result.get() }
            }
        } baseline: {
            try peer.seconds(rounds: 1, of: requests)
        }
        let single = try await Stopwatch.shortest(of: 150) {
            try await withTaskExecutorPreference(bus.executor) {
                try await Stopwatch.seconds {
                    for request in requests.prefix(few) { _ = try await bus.read(request, unit: 1, options: options) }
                }
            }
        } baseline: {
            try peer.seconds(rounds: 1, of: Array(requests.prefix(few)))
        }
        return Outcome(measurements: [
            line("\(reads) reads of 20 registers in one batch", reads, batched, bar: 0.85),
            line("reads of 20 registers awaited one by one", few, single, bar: 0.7),
        ])
    }

    private func line(
        _ name: String, _ reads: Int, _ times: (ours: Double, baseline: Double), bar: Double
    ) -> Measurement {
        Measurement(
            name: name, ours: Figure(value: Double(reads) / times.ours, unit: "reads/s"),
            baseline: Figure(value: Double(reads) / times.baseline, unit: "reads/s"), bar: .ratioAtLeast(bar))
    }
}
