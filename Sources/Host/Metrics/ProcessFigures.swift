import Foundation
import Glibc

/// What this process takes of the machine, out of `/proc/self` (proc(5)).
struct ProcessFigures {
    /// Resident memory in bytes.
    var residentBytes: Double?
    /// Processor time since the start in s.
    var processorSeconds: Double?
    /// Open descriptors.
    var descriptors: Double?

    /// The figures now.
    static func now() -> ProcessFigures {
        ProcessFigures(
            residentBytes: fields("/proc/self/statm").dropFirst().first.flatMap(Double.init).map {
                $0 * Double(sysconf(Int32(_SC_PAGESIZE)))
            }, processorSeconds: processorTime(),
            descriptors: (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map {
                Double($0.count)
            })
    }

    private static func processorTime() -> Double? {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func fields(_ path: String) -> [Substring] {
        (FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "").split(
            separator: " ")
    }
}
