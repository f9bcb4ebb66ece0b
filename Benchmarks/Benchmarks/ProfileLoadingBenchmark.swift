import DeviceProfiles
import DriverAPI

/// Reading, checking and compiling 200 profiles: the library's, again and again, each time under another id.
struct ProfileLoadingBenchmark: Benchmark {
    static let name = "profiles"

    private let count = 200

    func run() async throws -> Outcome {
        let library = try ProfileFolder.all()
        let texts = (0..<count).map { number in
            let profile = library[number % library.count]
            return (file: profile.file, bytes: Array(renamed(profile.text, number).utf8))
        }
        let seconds = try Stopwatch.leastProcessorSeconds(of: 5) {
            for (file, bytes) in texts {
                let load = ProfileDocument.load(bytes, file: file)
                guard let document = load.document else { throw BenchmarkFailure("\(load.errors.map(\.description))") }
                _ = document.resolved(options: (try? document.optionValues([:])) ?? [:], facts: [:])
            }
        }
        let kilobytes = texts.reduce(0) { $0 + $1.bytes.count } / 1000
        return Outcome(measurements: [
            Measurement(
                name: "\(count) profiles (\(kilobytes) kB) read, checked and compiled",
                ours: Figure(value: seconds * 1000, unit: "ms"), bar: .below(500))
        ])
    }

    /// The profile with a number behind its id.
    private func renamed(_ text: String, _ number: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("id: ") ? "\($0)-\(number)" : String($0) }.joined(separator: "\n")
    }
}
