import DriverAPI
import Testing

#if canImport(Glibc)
    import Glibc
#endif

struct DetachedThreadTests {
    @Test func itRunsUnderItsNameCutToWhatTheKernelKeeps() async throws {
        let name = await DetachedThread.value(named: "driver of a long name") {
            var bytes = [UInt8](repeating: 0, count: 64)
            let file = open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
            defer { close(file) }
            let count = read(file, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
        #expect(name == "driver of a lon\n")
    }

    @Test func itTakesNoSignalAndLeavesTheCallersAsTheyWere() async throws {
        let (before, after) = await Self.callersMask()
        #expect(before == after)
        let blocked = await DetachedThread.value(named: "signals") { Self.blocked() }
        #expect(blocked == [true, true, true, true])
    }

    @Test func oneThatCannotBeStartedSaysWhy() {
        // More than all the addresses of a process.
        let failure = DetachedThread.start(named: "huge", stack: 1 << 47) {}
        #expect(failure == EAGAIN || failure == ENOMEM)
    }

    /// Starting happens without a switch of threads in between.
    private static func callersMask() async -> ([Bool], [Bool]) {
        await withCheckedContinuation { continuation in
            let before = blocked()
            let failure = DetachedThread.start(named: "mask") {}
            continuation.resume(returning: (before, failure == nil ? blocked() : []))
        }
    }

    private static func blocked() -> [Bool] {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return [SIGINT, SIGTERM, SIGHUP, SIGPIPE].map { sigismember(&mask, $0) == 1 }
    }
}
