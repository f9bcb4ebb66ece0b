import Synchronization

/// A result somebody waits for; only the first one counts.
final class Pending<Value: Sendable>: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<Result<Value, ConnectError>, Never>)
        case early(Result<Value, ConnectError>)
        case over
    }

    private let state = Mutex(State.new)

    /// False when there was a result before; then nobody has this one.
    @discardableResult
    func resolve(_ result: Result<Value, ConnectError>) -> Bool {
        let (isFirst, waiter) = state.withLock { state in
            switch state {
            case .new:
                state = .early(result)
                return (true, CheckedContinuation<Result<Value, ConnectError>, Never>?.none)
            case .waiting(let waiter):
                state = .over
                return (true, waiter)
            case .early, .over: return (false, nil)
            }
        }
        waiter?.resume(returning: result)
        return isFirst
    }

    /// Whether there is a result.
    var isResolved: Bool {
        state.withLock { state in
            switch state {
            case .new, .waiting: false
            case .early, .over: true
            }
        }
    }

    /// Waits for the result; a task that is cancelled gets `ConnectError.cancelled`.
    func value() async throws(ConnectError) -> Value {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let early: Result<Value, ConnectError>? = state.withLock { state in
                    if case .early(let result) = state {
                        state = .over
                        return result
                    }
                    state = .waiting(waiter)
                    return nil
                }
                if let early { waiter.resume(returning: early) }
            }
        } onCancel: {
            resolve(.failure(.cancelled))
        }
        return try result.get()
    }
}
