import CModbus
import Glibc
import Synchronization

/// Commands for a server's thread, and the descriptor that wakes it.
final class Mailbox: Sendable {
    private struct Contents {
        var commands: [ServerCommand] = []
        var isClosed = false
    }

    /// Readable when there are commands.
    let descriptor: Int32
    private let contents = Mutex(Contents())

    init() throws(ServerError) {
        descriptor = eventfd(0, CH_EFD_FLAGS)
        guard descriptor >= 0 else { throw .closed(Descriptor.text(errno)) }
    }

    deinit { close(descriptor) }

    /// Puts a command in; false when the thread has ended or is about to.
    func post(_ command: ServerCommand) -> Bool {
        let posted = contents.withLock { contents in
            if contents.isClosed { return false }
            if case .close = command { contents.isClosed = true }
            contents.commands.append(command)
            return true
        }
        var one: UInt64 = 1
        if posted { _ = write(descriptor, &one, 8) }
        return posted
    }

    /// Takes all commands out.
    func takeAll() -> [ServerCommand] {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
        return contents.withLock { contents in
            defer { contents.commands.removeAll() }
            return contents.commands
        }
    }
}
