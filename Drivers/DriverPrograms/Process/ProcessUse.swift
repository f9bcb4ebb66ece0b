import DriverAPI
import Glibc

/// What a process uses, out of /proc.
struct ProcessUse {
    /// Resident memory in MiB.
    var memory: Int
    /// Time on the processor since its start, with that of children it waited for.
    var time: Duration

    /// The most processes that are looked at.
    private static let most = 256

    /// Reads it; nil when the process is gone.
    init?(_ pid: pid_t) {
        guard let memory = Self.text("/proc/\(pid)/statm"), let stat = Self.text("/proc/\(pid)/stat"),
            let pages = memory.split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        // proc_pid_stat(5): utime, stime, cutime and cstime are fields 14 to 17; the name before may hold anything, so count
        // from its end.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 14 else { return nil }
        let ticks = fields[11...14].reduce(0) { $0 + (Int($1) ?? 0) }
        self.memory = pages * sysconf(Int32(_SC_PAGESIZE)) / 1_048_576
        time = .milliseconds(ticks * 1000 / max(sysconf(Int32(_SC_CLK_TCK)), 1))
    }

    /// Reads that of a process and of all it started; nil when the process is gone.
    static func all(below root: pid_t) -> ProcessUse? {
        guard var sum = ProcessUse(root) else { return nil }
        var rest = children(of: root)
        var seen = 1
        while let pid = rest.popLast(), seen < most {
            seen += 1
            guard let use = ProcessUse(pid) else { continue }
            sum.memory += use.memory
            sum.time += use.time
            rest += children(of: pid)
        }
        return sum
    }

    /// Each thread has a list of the processes it started (proc_pid_task_children).
    private static func children(of pid: pid_t) -> [pid_t] {
        guard let folder = opendir("/proc/\(pid)/task") else { return [] }
        defer { closedir(folder) }
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            guard let thread = pid_t(name(entry)), let list = text("/proc/\(pid)/task/\(thread)/children") else {
                continue
            }
            found += list.split(separator: " ").compactMap { pid_t($0) }
        }
        return found
    }

    private static func name(_ entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) { name in
            name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
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
