#if canImport(Glibc)
    import Glibc
#endif

/// A detached thread for what waits, so that no task does.
package enum DetachedThread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// What `work` makes on a thread of its own; nil when there can be no further one.
    package static func value<Made: Sendable>(
        named name: String, _ work: @escaping @Sendable () -> Made
    ) async -> Made? {
        await withCheckedContinuation { continuation in
            let failure = start(named: name) { continuation.resume(returning: work()) }
            if failure != nil { continuation.resume(returning: nil) }
        }
    }

    /// Starts it; nil, or the error number of pthread_create(3) when there can be no further one.
    ///
    /// `stack` is in bytes, without it the system's usual size. All signals are blocked in it: they are the main thread's,
    /// and a write to a broken connection must fail instead of ending the process.
    package static func start(
        named name: String, stack: Int? = nil, _ run: @escaping @Sendable () -> Void
    ) -> Int32? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        if let stack { pthread_attr_setstacksize(&attributes, stack) }
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let body = Unmanaged.passRetained(Body(name, run))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                nameThread(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        guard failure != 0 else { return nil }
        body.release()
        return failure
    }
}

/// Names the calling thread for `top -H`, cut to the 15 bytes that the kernel keeps (proc(5)).
private func nameThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    write(file, bytes, bytes.count)
    close(file)
}
