import DriverAPI
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The host's end of a session under test.
final class SessionPeer: Sendable {
    /// Our end of the socket. Its number is used only while it is ours: once closed it may be another test's.
    private final class End: Sendable {
        private let number: Mutex<Int32?>

        init(_ number: Int32) { self.number = Mutex(number) }

        func use(_ body: (Int32) -> Void) {
            number.withLock { if let number = $0 { body(number) } }
        }

        func close() {
            number.withLock { number in
                if let number { Glibc.close(number) }
                number = nil
            }
        }
    }

    private let end: End
    let session: DriverSession
    let running: Task<Void, Never>
    private let lines: AsyncStream<JSON>

    init(_ program: any DriverProgram) throws {
        // As every program here does: who has gone is told by the result of the write.
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
        let end = End(ends[0])
        self.end = end
        let other = ends[1]
        let session = DriverSession(program, wire: DriverWire(input: other, output: other))
        self.session = session
        // It stays open: what still runs in the session may write to it.
        running = Task {
            await session.run()
            shutdown(other, Int32(SHUT_RDWR))
        }
        let (lines, continuation) = AsyncStream.makeStream(of: JSON.self)
        self.lines = lines
        let wire = DriverWire(input: ends[0], output: ends[0])
        // Closed by the thread that reads it: before, its number could be another's while that thread reads.
        let isReading = wire.startReading(
            { if let json = try? JSON(reading: $0) { continuation.yield(json) } },
            end: {
                continuation.finish()
                end.close()
            })
        try #require(isReading)
    }

    deinit { end.use { shutdown($0, Int32(SHUT_RDWR)) } }

    func send(_ text: String) {
        let line = Array(text.utf8) + [0x0a]
        end.use { number in _ = line.withUnsafeBytes { write(number, $0.baseAddress, $0.count) } }
    }

    /// Ends the host's side of the conversation.
    func hangUp() { end.use { shutdown($0, Int32(SHUT_WR)) } }

    /// The next message that `isMeant`; others are passed over.
    func next(_ isMeant: (JSON) -> Bool) async -> JSON? {
        for await json in lines where isMeant(json) { return json }
        return nil
    }

    /// The answer to the question with this id.
    func answer(_ id: Int) async -> JSON? { await next { $0["id"] == .number(Exact(id)) && $0["method"] == nil } }
}
