import CModbus
import Glibc
import Synchronization

/// Keeps descriptors below 1024 for serial lines: libmodbus waits with `select()`, which ends the process above that.
public final class DescriptorReserve: Sendable {
    /// The one of this process.
    public static let shared = DescriptorReserve()
    /// The first number that `select()` cannot take (FD_SETSIZE).
    static let limit: Int32 = 1024

    private let spare = Mutex<[Int32]>([])

    /// What stands in a place while nothing else does.
    private let null: Int32

    init() { null = open("/dev/null", O_RDWR | O_CLOEXEC) }

    deinit {
        for fd in spare.withLock({ $0 }) { Glibc.close(fd) }
        if null >= 0 { Glibc.close(null) }
    }

    /// Raises the process's limit of open files as far as it goes, and keeps `lines` low descriptors free.
    ///
    /// Call it at the start, before many connections are open. Throws the reason in words when fewer are left.
    public func prepare(lines: Int) throws(DescriptorShortage) {
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        while spare.withLock({ $0.count }) < lines {
            let fd = try DescriptorReserve.make()
            spare.withLock { $0.append(fd) }
        }
    }

    /// Takes a low descriptor; it is open on /dev/null until something is put in its place.
    func take() throws(DescriptorShortage) -> Int32 {
        if let kept = spare.withLock({ $0.popLast() }) { return kept }
        return try DescriptorReserve.make()
    }

    /// Gives a descriptor back; it must be open.
    func give(back fd: Int32) {
        vacate(fd)
        spare.withLock { $0.append(fd) }
    }

    /// Puts what `fd` is open on in the reserved place and closes `fd`.
    static func place(_ fd: Int32, at reserved: Int32) -> Bool {
        let done = dup3(fd, reserved, O_CLOEXEC) >= 0
        Glibc.close(fd)
        return done
    }

    /// Closes what stands in the reserved place and keeps the place.
    func vacate(_ reserved: Int32) {
        // Never fails for want of descriptors: nothing new is opened.
        if null >= 0 { _ = dup3(null, reserved, O_CLOEXEC) }
    }

    private static func make() throws(DescriptorShortage) -> Int32 {
        let fd = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard fd >= 0 else { throw DescriptorShortage(reason: Descriptor.text(errno)) }
        guard fd < limit else {
            Glibc.close(fd)
            throw DescriptorShortage(reason: "all below \(limit) are in use")
        }
        return fd
    }
}

/// No descriptor below 1024 is left for a serial line.
public struct DescriptorShortage: Error, Hashable, CustomStringConvertible {
    let reason: String

    /// What is short, and what to do.
    public var description: String {
        "no file descriptor is left for a serial line (\(reason)); start with fewer lines, or reserve them earlier"
    }
}
