import Synchronization

/// Messages that have come and have not been read. The loop stops reading the socket when it is full.
final class WebSocketInbox: Sendable {
    /// Beyond this many bytes the socket is not read.
    static let high = 256 << 10
    /// What a message costs besides its bytes.
    static let overhead = 64

    private struct State {
        var messages: [WebSocketMessage] = []
        var head = 0
        var bytes = 0
        var isFinished = false
        var isFull = false
        var reader: (id: UInt64, continuation: CheckedContinuation<WebSocketMessage?, Never>)?
        var lastReader: UInt64 = 0
    }

    private let state = Mutex(State())
    private let resume: @Sendable () -> Void

    /// `resume` is called when there is room again.
    init(resume: @escaping @Sendable () -> Void) { self.resume = resume }

    /// Puts a message in; true when the socket must not be read for now.
    func put(_ message: WebSocketMessage) -> Bool {
        let (full, reader) = state.withLock { state -> (Bool, CheckedContinuation<WebSocketMessage?, Never>?) in
            guard !state.isFinished else { return (false, nil) }
            if let reader = state.reader {
                state.reader = nil
                return (false, reader.continuation)
            }
            state.messages.append(message)
            state.bytes += WebSocketInbox.size(message)
            state.isFull = state.bytes > WebSocketInbox.high
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

    func next() async -> WebSocketMessage? {
        let id = state.withLock { state in
            state.lastReader += 1
            return state.lastReader
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in read(id, continuation) }
        } onCancel: {
            let waiting = state.withLock { state -> CheckedContinuation<WebSocketMessage?, Never>? in
                guard state.reader?.id == id else { return nil }
                defer { state.reader = nil }
                return state.reader?.continuation
            }
            waiting?.resume(returning: nil)
        }
    }

    private func read(_ id: UInt64, _ continuation: CheckedContinuation<WebSocketMessage?, Never>) {
        enum Step {
            case give(WebSocketMessage?, roomAgain: Bool)
            case wait(displaced: CheckedContinuation<WebSocketMessage?, Never>?)
        }
        let step = state.withLock { state -> Step in
            if state.head < state.messages.count {
                let message = state.messages[state.head]
                state.head += 1
                state.bytes -= WebSocketInbox.size(message)
                if state.head == state.messages.count {
                    state.messages = []
                    state.head = 0
                } else if state.head >= 64 {
                    state.messages.removeFirst(state.head)
                    state.head = 0
                }
                let roomAgain = state.isFull && state.bytes <= WebSocketInbox.high / 2
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

    private static func size(_ message: WebSocketMessage) -> Int {
        switch message {
        case .text(let text): text.utf8.count + overhead
        case .binary(let bytes): bytes.count + overhead
        }
    }
}
