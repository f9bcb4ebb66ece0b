import Synchronization

/// The latest lines of the log, for archives that somebody far away asks for.
public final class LogTail: Sendable {
    private struct Ring {
        var lines: [String] = []
        var next = 0
    }

    /// So many lines are kept.
    static let limit = 5000
    private let ring = Mutex(Ring())

    /// An empty tail.
    public init() {}

    /// The lines, oldest first.
    public var lines: [String] {
        ring.withLock { ring in Array(ring.lines[ring.next...] + ring.lines[..<ring.next]) }
    }

    func add(_ line: String) {
        ring.withLock { ring in
            if ring.lines.count < Self.limit { return ring.lines.append(line) }
            ring.lines[ring.next] = line
            ring.next = (ring.next + 1) % Self.limit
        }
    }
}
