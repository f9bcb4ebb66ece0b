import Glibc

/// The code of this program and its libraries in the memory of the machine.
///
/// Half of what a small host has resident after its start is code that only the start needed, mapped in because the kernel
/// maps sixteen pages around every one that is touched (measured: 17 of 48 MiB come back, `Benchmarks/host-load`).
public enum ProgramText {
    /// A range of addresses that holds code of a file.
    struct Range: Hashable {
        var start: UInt
        var length: Int
    }

    /// Gives the pages of code back to the machine; those that are needed again come out of the page cache.
    ///
    /// Code is never written, so that nothing can be lost (madvise(2), MADV_DONTNEED). Does nothing under a debugger,
    /// whose breakpoints are written into the code. Returns the bytes of code there are.
    @discardableResult
    public static func giveBack() -> Int {
        guard !isTraced else { return 0 }
        let ranges = ranges(text("/proc/self/maps"))
        for range in ranges { madvise(UnsafeMutableRawPointer(bitPattern: range.start), range.length, MADV_DONTNEED) }
        return ranges.reduce(0) { $0 + $1.length }
    }

    /// The ranges of a list of mappings that are code of a file and nothing else (proc_pid_maps(5)).
    static func ranges(_ maps: String) -> [Range] {
        maps.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else { return nil }
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2, ends[0] > 0, ends[1] > ends[0] else { return nil }
            return Range(start: ends[0], length: Int(ends[1] - ends[0]))
        }
    }

    private static var isTraced: Bool {
        text("/proc/self/status").split(separator: "\n").contains {
            $0.hasPrefix("TracerPid:") && !$0.hasSuffix("\t0")
        }
    }

    /// The whole of a file of `/proc`, which hands out a page at a time and says that it is empty.
    static func text(_ path: String) -> String {
        guard let file = fopen(path, "re") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
