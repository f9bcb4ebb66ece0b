import CModbus
import Glibc

/// A line without hardware: a server at one end, and a path that a client opens like a serial device at the other.
public final class PseudoTerminal: Sendable {
    /// The server's end.
    let master: Int32
    /// Held open so that the line does not hang up between two clients.
    private let slave: Int32
    /// What a client opens, such as /dev/pts/4.
    public let path: String

    /// Makes one; it lasts as long as the object. Throws the reason.
    public init() throws(ServerError) {
        master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0 else { throw .line("a new pseudo-terminal", Descriptor.text(errno)) }
        var name = [CChar](repeating: 0, count: 128)
        guard grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &name, name.count) == 0 else {
            let reason = Descriptor.text(errno)
            close(master)
            throw .line("a new pseudo-terminal", reason)
        }
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else {
            let reason = Descriptor.text(errno)
            close(master)
            throw .line(path, reason)
        }
        var settings = termios()
        tcgetattr(slave, &settings)
        cfmakeraw(&settings)
        tcsetattr(slave, TCSANOW, &settings)
        Descriptor.setBlocking(master, false)
    }

    deinit {
        close(master)
        close(slave)
    }
}
