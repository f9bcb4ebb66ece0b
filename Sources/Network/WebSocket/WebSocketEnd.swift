import Synchronization

/// How a WebSocket ended, and those who wait for it.
final class WebSocketEnd: Sendable {
    private struct State {
        var closure: WebSocketClosure?
        var waiters: [CheckedContinuation<WebSocketClosure, Never>] = []
    }

    private let state = Mutex(State())

    var closure: WebSocketClosure? { state.withLock { $0.closure } }

    func wait() async -> WebSocketClosure {
        await withCheckedContinuation { continuation in
            let closure = state.withLock { state in
                if state.closure == nil { state.waiters.append(continuation) }
                return state.closure
            }
            if let closure { continuation.resume(returning: closure) }
        }
    }

    func finish(_ closure: WebSocketClosure) {
        let waiters = state.withLock { state in
            guard state.closure == nil else { return [CheckedContinuation<WebSocketClosure, Never>]() }
            state.closure = closure
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: closure) }
    }
}
