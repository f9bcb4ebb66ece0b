import CSpawn
import DriverAPI
import Glibc
import Synchronization

/// One driver that is a program: started, watched and started again on a thread of its own.
///
/// The thread does all reading, writing and waiting; others leave questions in ``state`` and wake it.
public final class DriverProcess: Sendable {
    /// The most questions of the host, and of the driver, that are open at a time.
    static let mostQuestions = 64
    /// The most bytes that wait for a driver that does not read.
    static let mostOutgoing = 4 * JSON.longest

    /// What its manifest says.
    public let manifest: DriverManifest
    let confinement: Confinement
    let timing: DriverTiming
    let temporary: String
    let hidden: String?
    let log: @Sendable (LogLevel, String) -> Void
    let clock = SystemClock()
    let state = Mutex(ProgramState())
    private let wakeUp: Int32

    /// A driver that is started with its first device. `temporary` is the folder for its private one; what is in `hidden` it
    /// does not see, where that can be had.
    public init(
        _ manifest: DriverManifest, confinement: Confinement = .found, timing: DriverTiming = DriverTiming(),
        temporary: String = "/tmp", hidden: String? = nil,
        log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in }
    ) {
        self.manifest = manifest
        self.confinement = confinement
        self.timing = timing
        self.temporary = temporary
        self.hidden = hidden
        self.log = { level, text in log(level, "driver \(manifest.name): \(text)") }
        wakeUp = eventfd(0, spawn_eventfd_flags)
    }

    deinit { if wakeUp >= 0 { close(wakeUp) } }

    /// Why it cannot be asked now; nil while it works.
    public var obstacle: String? { state.withLock { $0.obstacle } }

    /// Whether it serves no device.
    public var isIdle: Bool { state.withLock { $0.slots.isEmpty } }

    /// The process as it runs now; nil where it does not.
    public var pid: Int32? { state.withLock { $0.pid } }

    /// Starts it unless it was; says why when there can be no further thread.
    public func start() throws(DriverError) {
        let isFirst = state.withLock { state in
            defer { state.hasThread = true }
            return !state.hasThread && !state.isStopping
        }
        guard isFirst else { return }
        guard wakeUp >= 0, DetachedThread.start(named: "driver \(manifest.name)", { self.run() }) == nil else {
            state.withLock { $0.hasThread = false }
            throw .unreachable("there can be no further thread or descriptor for the driver \(manifest.name)")
        }
    }

    /// Starts it at once where it waits for its next start, as after its program was put right.
    public func hurry() {
        state.withLock { $0.isHurried = true }
        wake()
    }

    /// Ends it after what it was asked before; its devices are to be closed first.
    public func stop() async {
        state.withLock { $0.isStopping = true }
        wake()
        while state.withLock({ $0.hasThread }) { try? await Task.sleep(for: .milliseconds(5)) }
    }

    /// The time now, of all machines' clocks the one that never jumps.
    var now: MonotonicTime { clock.now }

    /// Makes the thread look at the state.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    /// Whether it is to end.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    private func run() {
        var wait = timing.firstWait
        while !isStopping {
            let began = now
            let reason = ProgramLife(self, wakeUp: wakeUp).run()
            fallSilent(reason)
            if isStopping { break }
            if began.duration(to: now) >= timing.steady { wait = timing.firstWait }
            log(
                .warning,
                "\(reason); it is started again in \(Exact(Int128(wait.wholeNanoseconds / 1_000_000), over: 1000) ?? 0) s"
            )
            rest(until: now.advanced(by: wait))
            wait = min(wait * 2, timing.longestWait)
        }
        state.withLock { $0.hasThread = false }
    }

    private func rest(until end: MonotonicTime) {
        state.withLock { $0.isHurried = false }
        while !isStopping, !state.withLock({ $0.isHurried }) {
            let left = now.duration(to: end)
            guard left > .zero else { return }
            var descriptor = pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0)
            _ = poll(&descriptor, 1, Int32(clamping: left.wholeNanoseconds / 1_000_000 + 1))
            drainWakeUp()
        }
    }

    /// Forgets that it was woken.
    func drainWakeUp() {
        var count: UInt64 = 0
        _ = read(wakeUp, &count, 8)
    }
}
