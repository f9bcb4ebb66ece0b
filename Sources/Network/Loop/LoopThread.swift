import CWebSockets

/// The thread of the loop, and those that connect for it.
enum LoopThread {
    private final class Job {
        let name: String
        let run: @Sendable () -> Void
        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Starts a thread; the result is why it could not, or nil.
    static func start(name: String = "network", _ run: @escaping @Sendable () -> Void) -> String? {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        let job = Unmanaged.passRetained(Job(name, run))
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let job = Unmanaged<Job>.fromOpaque(argument).takeRetainedValue()
                pthread_setname_np(pthread_self(), job.name)
                job.run()
                return nil
            }, job.toOpaque())
        guard code != 0 else { return nil }
        job.release()
        return SystemText.error(code)
    }
}
