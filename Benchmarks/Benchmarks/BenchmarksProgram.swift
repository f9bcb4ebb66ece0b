import Foundation

/// Prints what things take, beside what they are compared with; never a test, since it depends on the machine.
@main
enum BenchmarksProgram {
    private static let all: [any Benchmark] = [
        BusBenchmark(), MeterBenchmark(), SerialLineBenchmark(), ServerBenchmark(), ProxyBenchmark(),
        ProfileLoadingBenchmark(), LoadManagementBenchmark(), QueueBenchmark(), OCPPBenchmark(),
        SlaveBenchmark(),
    ]

    private static let usage = "usage: Benchmarks [--json] [NAME…]\nnames: "

    static func main() async {
        var names = CommandLine.arguments.dropFirst()[...]
        let isJSON = names.contains("--json")
        names.removeAll { $0 == "--json" }
        let known = all.map { type(of: $0).name }
        guard names.allSatisfy(known.contains) else {
            print(usage + known.joined(separator: ", "))
            exit(2)
        }
        var measurements: [Measurement] = []
        var failed = false
        for benchmark in all where names.isEmpty || names.contains(type(of: benchmark).name) {
            do {
                let outcome = try await benchmark.run()
                measurements += outcome.measurements
                for note in outcome.notes { tell(note) }
            } catch {
                tell("\(type(of: benchmark).name): \(error)")
                failed = true
            }
        }
        print(isJSON ? json(measurements) : ResultTable(measurements: measurements).text)
        exit(failed ? 1 : 0)
    }

    private static func json(_ measurements: [Measurement]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(measurements)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    private static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
