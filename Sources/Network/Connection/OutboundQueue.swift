import Synchronization

/// What waits to be sent on one connection: tasks put in, the loop takes out.
///
/// Entries are arrays that are shared and not copied: one message to a hundred connections is in memory once.
final class OutboundQueue: Sendable {
    enum Outcome: Hashable { case first, waiting, closed }

    private struct Entry {
        let bytes: [UInt8]
        var isMessage = false
        var isPong = false
    }

    private struct State {
        var entries: [Entry] = []
        var head = 0
        var offset = 0
        /// The first entry has been begun, or the loop is sending of it right now: it must stay where it is.
        var isBegun = false
        var bytes = 0
        var isClosed = false
        var waiters: [UInt64: (level: Int, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var lastWaiter: UInt64 = 0

        var isEmpty: Bool { head == entries.count }

        /// The first entry that may still be thrown away or overtaken.
        var firstWaiting: Int { isBegun ? head + 1 : head }

        mutating func takeWaiters(all: Bool) -> [CheckedContinuation<Bool, Never>] {
            let ready = waiters.filter { all || bytes <= $0.value.level }
            for id in ready.keys { waiters[id] = nil }
            return ready.values.map(\.continuation)
        }

        mutating func compact() {
            if isEmpty {
                entries.removeAll(keepingCapacity: entries.capacity <= 16)
                head = 0
            } else if head >= 64 {
                entries.removeFirst(head)
                head = 0
            }
        }
    }

    private let state = Mutex(State())

    /// Bytes that have not been handed to the connection.
    var waitingBytes: Int { state.withLock { $0.bytes } }

    var isEmpty: Bool { state.withLock { $0.isEmpty } }

    /// Adds bytes after all others. A message may be thrown away later by `append(message:limit:overflow:)`.
    @discardableResult
    func append(_ bytes: [UInt8]) -> Outcome {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            return OutboundQueue.add(Entry(bytes: bytes), to: &state)
        }
    }

    /// Adds a message unless what waits would pass `limit`; then it throws older messages away, or the result is nil.
    func append(message: [UInt8], limit: Int, overflow: WebSocketOptions.Overflow) -> Outcome? {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            let inProgress = state.isEmpty ? 0 : state.entries[state.head].bytes.count - state.offset
            if !state.isEmpty, state.bytes - inProgress + message.count > limit {
                guard overflow == .dropOldest else { return nil }
                let first = state.firstWaiting
                var excess = state.bytes - inProgress + message.count - limit
                var kept: [Entry] = Array(state.entries[state.head..<first])
                for entry in state.entries[first...] {
                    if excess > 0, entry.isMessage {
                        excess -= entry.bytes.count
                        state.bytes -= entry.bytes.count
                    } else {
                        kept.append(entry)
                    }
                }
                state.entries = kept
                state.head = 0
            }
            return OutboundQueue.add(Entry(bytes: message, isMessage: true), to: &state)
        }
    }

    /// Adds a message only when nothing waits; nil when something does.
    func appendIfEmpty(message: [UInt8]) -> Outcome? {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            guard state.isEmpty else { return nil }
            return OutboundQueue.add(Entry(bytes: message, isMessage: true), to: &state)
        }
    }

    /// Adds a control frame before all messages that have not been begun.
    ///
    /// A pong replaces one that still waits: only the latest ping must be answered (RFC 6455, 5.5.3), and a client that
    /// pings and does not read must not fill the queue.
    func prepend(control: [UInt8], replacingPong: Bool) {
        state.withLock { state in
            guard !state.isClosed else { return }
            var place = state.firstWaiting
            if replacingPong, let old = state.entries[place...].firstIndex(where: \.isPong) {
                state.bytes -= state.entries.remove(at: old).bytes.count
            }
            // Not before the answer to the handshake.
            while place < state.entries.count, !state.entries[place].isMessage { place += 1 }
            state.entries.insert(Entry(bytes: control, isPong: replacingPong), at: place)
            state.bytes += control.count
        }
    }

    /// Takes nothing more, but what waits is still sent.
    func seal() { state.withLock { $0.isClosed = true } }

    /// Throws away the messages that have not been begun, so that a closing frame goes out next.
    func dropWaiting() {
        state.withLock { state in
            guard !state.isEmpty else { return }
            let first = state.firstWaiting
            let kept = state.entries[first...].filter { !$0.isMessage }
            state.bytes -= state.entries[first...].reduce(0) { $0 + ($1.isMessage ? $1.bytes.count : 0) }
            state.entries.replaceSubrange(first..., with: kept)
            state.compact()
        }
    }

    /// The entry to send and how much of it has been sent; nil when there is none.
    func current() -> (bytes: [UInt8], offset: Int)? {
        state.withLock { state in
            guard !state.isEmpty else { return nil }
            state.isBegun = true
            return (state.entries[state.head].bytes, state.offset)
        }
    }

    /// Notes that `count` bytes of the current entry have been handed over.
    func advance(_ count: Int) {
        let ready = state.withLock { state in
            guard !state.isEmpty else { return [CheckedContinuation<Bool, Never>]() }
            state.offset += count
            state.bytes -= count
            if state.offset >= state.entries[state.head].bytes.count {
                state.entries[state.head] = Entry(bytes: [])
                state.head += 1
                state.offset = 0
                state.isBegun = false
                state.compact()
            }
            return state.takeWaiters(all: false)
        }
        for continuation in ready { continuation.resume(returning: true) }
    }

    /// Waits until no more than `level` bytes wait; false when the connection has ended or the task was cancelled.
    func room(below level: Int) async -> Bool {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now: Bool? = state.withLock { state in
                    if state.isClosed || Task.isCancelled { return false }
                    if state.bytes <= level { return true }
                    state.waiters[id] = (level, continuation)
                    return nil
                }
                if let now { continuation.resume(returning: now) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
    }

    /// Takes nothing more; those who wait are told.
    func close() {
        let ready = state.withLock { state in
            state.isClosed = true
            state.entries = []
            state.head = 0
            state.offset = 0
            state.isBegun = false
            state.bytes = 0
            return state.takeWaiters(all: true)
        }
        for continuation in ready { continuation.resume(returning: false) }
    }

    private static func add(_ entry: Entry, to state: inout State) -> Outcome {
        let wasEmpty = state.isEmpty
        guard !entry.bytes.isEmpty else { return .waiting }
        state.entries.append(entry)
        state.bytes += entry.bytes.count
        return wasEmpty ? .first : .waiting
    }
}
