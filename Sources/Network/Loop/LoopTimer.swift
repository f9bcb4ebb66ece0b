import CWebSockets

/// Wakes the loop at a moment. It lives at one place in memory, since the library links it into its list.
final class LoopTimer {
    /// The library hands its callback only the entry, which is at the beginning of this.
    private struct Storage {
        var entry = lws_sorted_usec_list_t()
        var context: OpaquePointer?
    }

    private let storage = UnsafeMutablePointer<Storage>.allocate(capacity: 1)

    init() { storage.initialize(to: Storage()) }

    deinit { storage.deallocate() }

    /// Whether it is going to wake the loop.
    var isSet: Bool { lws_dll2_is_detached(&storage.pointee.entry.list) == 0 }

    /// Sets it anew.
    func set(after wait: Duration, in context: OpaquePointer) {
        storage.pointee.context = context
        let (seconds, attoseconds) = wait.components
        let microseconds = max(1000, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
        lws_sul_schedule(context, 0, &storage.pointee.entry, LoopTimer.fired, microseconds)
    }

    /// The library looks at its timers and then waits for sockets again: only a wake-up makes `lws_service` return.
    private static let fired: sul_cb_t = { entry in
        guard let entry else { return }
        let context = UnsafeRawPointer(entry).load(
            fromByteOffset: MemoryLayout<Storage>.offset(of: \.context) ?? 0, as: OpaquePointer?.self)
        if let context { lws_cancel_service(context) }
    }
}
