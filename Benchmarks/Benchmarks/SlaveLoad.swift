import Baseline
import Glibc

/// Charge points in C, in a process of their own, that boot and make calls, each after the answer to the one before.
///
/// They take a small part of what a central system takes, so that its speed is what is measured.
struct SlaveLoad: Sendable {
    let connections: Int
    let calls: Int

    /// Connects and calls; the calls answered in a second, and by how much `measure` grew between start and end.
    func run(_ port: Int, measure: () -> Double = { 0 }) async throws -> (rate: Double, growth: Double) {
        let before = measure()
        var (report, control): (Int32, Int32) = (-1, -1)
        let process = slaves_start(Int32(port), Int32(connections), Int32(calls), &report, &control)
        guard process > 0 else { throw BenchmarkFailure("the charge points did not start") }
        defer { slaves_stop(process, report, control) }
        var rate = 0.0
        while true {
            let count = withUnsafeMutableBytes(of: &rate) { read(report, $0.baseAddress, $0.count) }
            if count == MemoryLayout<Double>.size { break }
            guard count < 0, errno == EAGAIN else {
                throw BenchmarkFailure("\(connections) charge points with \(calls) calls gave up")
            }
            // Nothing of ours waits for this thread meanwhile.
            try await Task.sleep(for: .milliseconds(20))
        }
        return (rate, measure() - before)
    }
}
