import CWebSockets
import Synchronization

/// Commands for the loop, and what wakes it: `lws_cancel_service` is the one function of the library that other threads
/// may call, and only while the context lives.
final class LoopMailbox: Sendable {
    private struct Contents {
        var commands: [LoopCommand] = []
        /// The context's address; 0 before it exists and after it is gone.
        var context: UInt = 0
        var isClosed = false
    }

    private let contents = Mutex(Contents())

    /// Puts a command in; false when the loop has ended or is about to.
    func post(_ command: LoopCommand) -> Bool {
        contents.withLock { contents in
            if contents.isClosed { return false }
            if case .stop = command { contents.isClosed = true }
            contents.commands.append(command)
            if contents.commands.count == 1, let context = OpaquePointer(bitPattern: contents.context) {
                lws_cancel_service(context)
            }
            return true
        }
    }

    /// Takes all commands out.
    func takeAll() -> [LoopCommand] {
        contents.withLock { contents in
            defer { contents.commands = [] }
            return contents.commands
        }
    }

    /// Says whom to wake.
    func open(_ context: OpaquePointer) {
        contents.withLock { $0.context = UInt(bitPattern: context) }
    }

    /// Wakes nobody any more and takes nothing more; returns what was left.
    func close() -> [LoopCommand] {
        contents.withLock { contents in
            contents.isClosed = true
            contents.context = 0
            defer { contents.commands = [] }
            return contents.commands
        }
    }
}
