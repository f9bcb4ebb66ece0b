import CWebSockets

/// The thread of the loop.
enum LoopThread {
    private final class Job {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread; the result is why it could not, or nil.
    static func start(_ run: @escaping @Sendable () -> Void) -> String? {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        let job = Unmanaged.passRetained(Job(run))
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                pthread_setname_np(pthread_self(), "network")
                Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, job.toOpaque())
        guard code != 0 else { return nil }
        job.release()
        return SystemText.error(code)
    }
}
