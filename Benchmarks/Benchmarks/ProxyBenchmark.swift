import DriverAPI
import Modbus
import ReadPlanning

/// What the proxy adds to a request, and what twenty clients get out of a serial line behind it.
struct ProxyBenchmark: Benchmark {
    static let name = "proxy"

    private let reads = 1000
    private let rounds = 10
    private let clients = 20
    /// Registers of one read on the line.
    private let registers: UInt16 = 20
    private let line = LineParameters(baud: 19200)

    func run() async throws -> Outcome {
        let overhead = try overhead()
        let share = try await lineShare()
        return Outcome(measurements: [
            Measurement(
                name: "what a request through the proxy takes longer, at the median",
                ours: Figure(value: overhead, unit: "µs"), bar: .below(150)),
            Measurement(
                name: "\(clients) clients on a line of 19200 8N1, against what it can carry",
                ours: Figure(value: share.ours, unit: "reads/s"),
                baseline: Figure(value: share.possible, unit: "reads/s"), bar: .ratioAtLeast(0.9)),
        ])
    }

    private func overhead() throws -> Double {
        let server = try ModbusServer()
        let front = try ModbusServer()
        defer {
            server.close()
            front.close()
        }
        let direct = try server.listen(on: "127.0.0.1", port: 0, handler: RegisterHandler()).port
        let bus = Bus(.tcp(host: "127.0.0.1", port: direct))
        defer { bus.close() }
        let port = try front.listen(
            on: "127.0.0.1", port: 0,
            deferring: ModbusProxy(to: bus, rules: ProxyRules(timeout: .seconds(10), freshness: .zero))
        ).port
        let (through, straight) = (try PlainClient(port: port), try PlainClient(port: direct))
        var best = (through: Double.infinity, straight: Double.infinity)
        for _ in 0..<rounds {
            best.through = min(best.through, try through.median(of: reads))
            best.straight = min(best.straight, try straight.median(of: reads))
        }
        return best.through - best.straight
    }

    private func lineShare() async throws -> (ours: Double, possible: Double) {
        let terminal = try PseudoTerminal()
        let server = try ModbusServer()
        let front = try ModbusServer()
        defer {
            server.close()
            front.close()
        }
        _ = try server.serve(terminal, as: line, handler: RegisterHandler())
        let bus = Bus(.serial(path: terminal.path, line))
        defer { bus.close() }
        let proxy = ModbusProxy(to: bus, rules: ProxyRules(timeout: .seconds(20)))
        let port = try front.listen(on: "127.0.0.1", port: 0, deferring: proxy).port
        let perClient = 10
        let registers = registers
        let seconds = try await Stopwatch.seconds {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<clients {
                    group.addTask {
                        let bus = Bus(.tcp(host: "127.0.0.1", port: port))
                        defer { bus.close() }
                        for number in 0..<perClient {
                            let address = UInt16(client * 1000 + number * 30)
                            _ = try await bus.read(
                                ReadRequest(.holding, at: address, count: registers), unit: 1,
                                options: RequestOptions(timeout: .seconds(30)))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let possible = line.timing.time(reading: Int(registers), of: .holding, latency: .zero).inSeconds
        return (Double(clients * perClient) / seconds, 1 / possible)
    }
}
