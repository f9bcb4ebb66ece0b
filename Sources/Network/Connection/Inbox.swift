import Synchronization

/// What has come and has not been read. The loop stops reading the socket when it is full.
final class Inbox<Message: Sendable>: Sendable {
    /// Beyond this many bytes the socket is not read.
    static var high: Int { 256 << 10 }

    private struct State {
        var messages: [Message] = []
        var head = 0
        var bytes = 0
        var isFinished = false
        var isFull = false
        var reader: (id: UInt64, continuation: CheckedContinuation<Message?, Never>)?
        var lastReader: UInt64 = 0
    }

    private enum Step {
        case give(Message?, roomAgain: Bool)
        case wait(displaced: CheckedContinuation<Message?, Never>?)
    }

    private let state = Mutex(State())
    private let size: @Sendable (Message) -> Int
    private let resume: @Sendable () -> Void

    /// `size` says what a message costs in bytes; `resume` is called when there is room again.
    init(size: @escaping @Sendable (Message) -> Int, resume: @escaping @Sendable () -> Void) {
        self.size = size
        self.resume = resume
    }

    /// Puts a message in; true when the socket must not be read for now.
    func put(_ message: Message) -> Bool {
        let (full, reader) = state.withLock { state -> (Bool, CheckedContinuation<Message?, Never>?) in
            guard !state.isFinished else { return (false, nil) }
            if let reader = state.reader {
                state.reader = nil
                return (false, reader.continuation)
            }
            state.messages.append(message)
            state.bytes += size(message)
            state.isFull = state.bytes > Inbox.high
            return (state.isFull, nil)
        }
        reader?.resume(returning: message)
        return full
    }

    /// Takes no more; what is in can still be read.
    func finish() {
        let reader = state.withLock { state in
            state.isFinished = true
            defer { state.reader = nil }
            return state.reader?.continuation
        }
        reader?.resume(returning: nil)
    }

    func next() async -> Message? {
        let id = state.withLock { state in
            state.lastReader += 1
            return state.lastReader
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in read(id, continuation) }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<Message?, Never>? in
                guard state.reader?.id == id else { return nil }
                defer { state.reader = nil }
                return state.reader?.continuation
            }
            waiting?.resume(returning: nil)
        }
    }

    private func read(_ id: UInt64, _ continuation: CheckedContinuation<Message?, Never>) {
        let step = state.withLock { state -> Step in
            if state.head < state.messages.count {
                let message = state.messages[state.head]
                state.head += 1
                state.bytes -= size(message)
                if state.head == state.messages.count {
                    state.messages = []
                    state.head = 0
                } else if state.head >= 64 {
                    state.messages.removeFirst(state.head)
                    state.head = 0
                }
                let roomAgain = state.isFull && state.bytes <= Inbox.high / 2
                if roomAgain { state.isFull = false }
                return .give(message, roomAgain: roomAgain)
            }
            if state.isFinished || Task.isCancelled { return .give(nil, roomAgain: false) }
            defer { state.reader = (id, continuation) }
            return .wait(displaced: state.reader?.continuation)
        }
        switch step {
        case .give(let message, let roomAgain):
            continuation.resume(returning: message)
            if roomAgain { resume() }
        case .wait(let displaced): displaced?.resume(returning: nil)
        }
    }
}
