/// Something that is measured.
protocol Benchmark: Sendable {
    /// The word that chooses it on the command line.
    static var name: String { get }

    /// Measures; throws when what it needs cannot be had.
    func run() async throws -> Outcome
}

/// What a benchmark came to.
struct Outcome {
    /// The lines of the table.
    var measurements: [Measurement] = []
    /// What was left out, and why.
    var notes: [String] = []
}

/// Why a benchmark could not be run.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
