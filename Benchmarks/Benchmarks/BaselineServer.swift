import Baseline
import Modbus
import ReadPlanning

/// A Modbus TCP server on libmodbus in a process of its own; serves one client after the other.
final class BaselineServer {
    /// Where it listens on 127.0.0.1.
    let port: Int
    private let pid: Int32
    private let life: Int32

    /// Starts it.
    init() throws {
        var (port, life): (Int32, Int32) = (0, -1)
        pid = baseline_server_start(&port, &life)
        guard pid > 0 else { throw BenchmarkFailure("the server on libmodbus could not be started") }
        self.port = Int(port)
        self.life = life
    }

    deinit { baseline_server_stop(pid, life) }

    /// The way to it.
    var endpoint: Endpoint { .tcp(host: "127.0.0.1", port: port) }

    /// Seconds that a loop in C on libmodbus takes for `rounds` rounds of the reads; connecting does not count.
    func seconds(rounds: Int, of requests: [ReadRequest]) throws -> Double {
        let reads = requests.map { (Int32($0.function), Int32($0.address), Int32($0.count)) }
        let nanoseconds = baseline_reads(Int32(port), Int32(rounds), reads, Int32(reads.count))
        guard nanoseconds > 0 else { throw BenchmarkFailure("the loop on libmodbus failed") }
        return Double(nanoseconds) / 1e9
    }
}
