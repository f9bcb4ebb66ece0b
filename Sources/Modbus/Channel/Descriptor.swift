import CModbus
import DriverAPI
import Glibc

/// System calls on a descriptor.
enum Descriptor {
    /// What the system calls an error.
    static func text(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Waits until it is ready for `events` (or has ended); false when `deadline` passed first.
    static func wait(_ fd: Int32, for events: Int32, until deadline: MonotonicTime) -> Bool {
        let clock = SystemClock()
        var entry = pollfd(fd: fd, events: Int16(events), revents: 0)
        while true {
            let left = max(0, deadline.nanoseconds - clock.now.nanoseconds)
            var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
            let ready = ppoll(&entry, 1, &time, nil)
            if ready > 0 { return true }
            if ready == 0 && left == 0 { return false }
            if ready < 0 && errno != EINTR { return true }
        }
    }

    /// Sleeps on the calling thread.
    static func sleep(until deadline: MonotonicTime) {
        var time = timespec(
            tv_sec: Int(deadline.nanoseconds / 1_000_000_000), tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// Reads what is there without waiting: the number of bytes, 0 at the end, nil when nothing is there.
    static func readNow(_ fd: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, SystemError>? {
        var entry = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 0) > 0 else { return nil }
        while true {
            let count = read(fd, buffer.baseAddress, buffer.count)
            if count >= 0 { return .success(count) }
            if errno == EINTR { continue }
            return errno == EAGAIN ? nil : .failure(SystemError(code: errno))
        }
    }

    /// The same above what `select()` can take, so that the low ones stay free for libmodbus; as it was where the
    /// process may not have so many.
    static func moved(up fd: Int32) -> Int32 {
        guard fd >= 0, fd < DescriptorReserve.limit else { return fd }
        let high = fcntl(fd, F_DUPFD_CLOEXEC, DescriptorReserve.limit)
        guard high >= 0 else { return fd }
        close(fd)
        return high
    }

    /// Sets whether calls on it wait.
    static func setBlocking(_ fd: Int32, _ blocking: Bool) {
        let flags = fcntl(fd, F_GETFL)
        _ = fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
    }
}

/// An `errno` value.
struct SystemError: Error, Hashable, CustomStringConvertible {
    let code: Int32
    var description: String { Descriptor.text(code) }
}
