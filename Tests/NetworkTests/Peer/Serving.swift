import Network
import Synchronization

/// Starts a loop with one listener on a free port, and stops it afterwards.
func serving<Value: Sendable>(
    _ policy: ListenerPolicy = ListenerPolicy(), limits: NetworkLimits = NetworkLimits(), log: Collected<String>? = nil,
    handler: @escaping HTTPHandler, _ use: (ListenAddress) async throws -> Value
) async throws -> Value {
    let loop = NetworkLoop(limits: limits) { log?.add($0.text) }
    try loop.start()
    let listener = try loop.listen(on: .loopback(), policy: policy, handler: handler)
    do {
        let value = try await use(listener.address)
        await loop.stop()
        return value
    } catch {
        await loop.stop()
        throw error
    }
}

/// The default policy with changes.
func policy(_ change: (inout ListenerPolicy) -> Void) -> ListenerPolicy {
    var policy = ListenerPolicy()
    change(&policy)
    return policy
}

/// What tasks report to a test.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func add(_ element: Element) { elements.withLock { $0.append(element) } }

    /// Waits until what has been reported fulfils the condition; false after half a minute.
    func wait(_ condition: @Sendable ([Element]) -> Bool) async -> Bool { await eventually { condition(self.all) } }
}

/// Waits for a condition; false after half a minute.
func eventually(_ condition: () async -> Bool) async -> Bool {
    for _ in 0..<3000 {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return false
}
