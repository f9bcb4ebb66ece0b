import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The two descriptors by which a driver program and the host talk; lines are written whole.
package final class DriverWire: Sendable {
    private let input: Int32
    private let output: Int32
    private let turn = Mutex(())

    /// A wire that reads from `input` and writes to `output`.
    package init(input: Int32, output: Int32) {
        self.input = input
        self.output = output
    }

    /// Standard input and output. What the program prints from now on goes to standard error instead, for a line that is
    /// no message would end it.
    static func standard() -> DriverWire {
        signal(SIGPIPE, SIG_IGN)
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard output >= 0 else { return DriverWire(input: STDIN_FILENO, output: STDOUT_FILENO) }
        dup2(STDERR_FILENO, STDOUT_FILENO)
        return DriverWire(input: STDIN_FILENO, output: output)
    }

    /// Writes a message; blocks while the host does not read. False when the host is gone.
    @discardableResult
    package func send(_ message: RPCMessage) -> Bool {
        let line = message.line
        return turn.withLock { _ in
            var sent = 0
            while sent < line.count {
                let count = line[sent...].withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Calls `take` with every line until the host closes its end; blocks its thread. A line that is too long is cut.
    package func readLines(_ take: (ArraySlice<UInt8>) -> Void) {
        var pending: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(input, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            pending += chunk[..<count]
            var start = 0
            while let end = pending[start...].firstIndex(of: 0x0a) {
                take(pending[start..<end])
                start = end + 1
            }
            pending.removeFirst(start)
            // One byte more than the longest line is kept, so that it is refused as too long.
            if pending.count > JSON.longest + 1 { pending.removeLast(pending.count - JSON.longest - 1) }
        }
    }

    /// Reads on a thread of its own until the host closes its end; false when there can be no further thread.
    package func startReading(
        _ take: @escaping @Sendable (ArraySlice<UInt8>) -> Void, end: @escaping @Sendable () -> Void
    ) -> Bool {
        let failure = DetachedThread.start(named: "driver wire") {
            self.readLines(take)
            end()
        }
        return failure == nil
    }
}
