import CModbus
import Glibc

/// A detached thread that runs one function.
enum Thread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts it; the name is cut to what the system shows. Says why when there can be no further thread.
    static func start(named name: String, _ run: @escaping @Sendable () -> Void) -> SystemError? {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        // Signals are for the main thread, and a write to a broken connection must fail instead of ending the process.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let failed = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        guard failed == 0 else {
            body.release()
            return SystemError(code: failed)
        }
        pthread_setname_np(thread, String(name.prefix(15)))
        return nil
    }
}
