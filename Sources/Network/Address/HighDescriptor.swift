import CWebSockets
import Glibc

/// Keeps descriptors below 1024 for those that need them: what waits with `select()` cannot take others.
enum HighDescriptor {
    /// The first number that `select()` cannot take (FD_SETSIZE).
    static let first: Int32 = 1024

    /// The same socket at a number from 1024 on; the one given when the limit of open files does not reach there.
    static func moved(_ socket: Int32) -> Int32 {
        guard socket >= 0, socket < first else { return socket }
        let high = fcntl(socket, CH_F_DUPFD_CLOEXEC, first)
        guard high >= 0 else { return socket }
        close(socket)
        return high
    }
}
