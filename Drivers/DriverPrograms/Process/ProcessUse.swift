import DriverAPI
import Glibc

/// What a process uses, out of /proc.
struct ProcessUse {
    /// Resident memory in MiB.
    var memory: Int
    /// Time on the processor since its start.
    var time: Duration

    /// Reads it; nil when the process is gone.
    init?(_ pid: pid_t) {
        guard let memory = Self.text("/proc/\(pid)/statm"), let stat = Self.text("/proc/\(pid)/stat"),
            let pages = memory.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        // proc_pid_stat(5): utime and stime are fields 14 and 15; the name before may hold anything, so count from its end.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
        self.memory = pages * sysconf(Int32(_SC_PAGESIZE)) / 1_048_576
        time = .milliseconds((user + system) * 1000 / max(sysconf(Int32(_SC_CLK_TCK)), 1))
    }

    private static func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
