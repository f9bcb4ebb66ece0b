import DriverAPI
import Glibc
import Modbus

/// How much processor time the server needs for a request, wake-up and system calls included.
struct ServerBenchmark: Benchmark {
    static let name = "server"

    private let reads = 5000
    private let rounds = 5

    func run() async throws -> Outcome {
        let server = try ModbusServer()
        defer { server.close() }
        let port = try server.listen(on: "127.0.0.1", port: 0, handler: RegisterHandler()).port
        let client = try PlainClient(port: port)
        var best = Double.infinity
        for _ in 0..<rounds {
            // All that the process does meanwhile beside the client's own thread is the server.
            let before = (all: seconds(CLOCK_PROCESS_CPUTIME_ID), own: seconds(CLOCK_THREAD_CPUTIME_ID))
            for number in 0..<reads { try client.read(UInt16(number)) }
            let all = seconds(CLOCK_PROCESS_CPUTIME_ID) - before.all
            best = min(best, (all - (seconds(CLOCK_THREAD_CPUTIME_ID) - before.own)) / Double(reads))
        }
        return Outcome(measurements: [
            Measurement(
                name: "the server's processor time for a request, of which 20,000 a second fill a core at 50 µs",
                ours: Figure(value: best * 1e6, unit: "µs"), bar: .below(50))
        ])
    }

    private func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
