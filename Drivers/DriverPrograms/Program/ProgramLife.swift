import DriverAPI
import Foundation
import Glibc

/// One life of a driver's process, from its start to its end; used on the driver's thread only.
final class ProgramLife {
    let process: DriverProcess
    private let wakeUp: Int32
    private var messages: TokenBucket
    private var complaints: TokenBucket
    private var splitter = LineSplitter(longest: JSON.longest)
    private var backlog: ArraySlice<[UInt8]> = []
    private var floodsSince: MonotonicTime?
    /// When its standard output ended; mostly it ends itself a moment later, and how says more.
    private var closedOutput: MonotonicTime?
    private var faults: [MonotonicTime] = []
    private var errorLines: ErrorLines
    private let heartbeat: Heartbeat
    /// Why this life has to end; empty while it may go on. Answers come on any thread.
    let verdict = Verdict()
    private var chunk = [UInt8](repeating: 0, count: 65536)

    init(_ process: DriverProcess, wakeUp: Int32) {
        self.process = process
        self.wakeUp = wakeUp
        let now = process.now
        messages = TokenBucket(rate: process.timing.messageRate, burst: process.timing.messageBurst, now: now)
        complaints = TokenBucket(rate: 1, burst: 10, now: now)
        errorLines = ErrorLines(now: now)
        heartbeat = Heartbeat(process, verdict)
    }

    /// Runs the driver until it ends or has to be ended; says why.
    func run() -> String {
        guard let folder = makeFolder() else { return "no temporary folder can be made in \(process.temporary)" }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard let executable = process.manifest.executable else {
            return "its program \(process.manifest.program.first ?? "") is not there or may not be run"
        }
        let words =
            process.confinement.prefix(process.manifest, temporary: folder, hidden: process.hidden) + [executable]
            + process.manifest.program.dropFirst()
        do throws(ChildFailure) {
            let child = try ChildProcess(
                words, folder: process.manifest.folder, environment: DriverEnvironment.variables(temporary: folder),
                isWrapped: process.confinement.bubblewrap != nil)
            defer { end(child) }
            begin(child.pid)
            return serve(child)
        } catch {
            return error.description
        }
    }

    private func makeFolder() -> String? {
        var path = Array("\(process.temporary)/chargehost-driver-XXXXXX".utf8CString)
        return path.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
    }

    private func begin(_ pid: Int32) {
        process.state.withLock { state in
            state.pid = pid
            state.life += 1
            state.isAlive = true
            state.outgoing = []
            state.asked = 0
        }
        introduce()
    }

    private func serve(_ child: ChildProcess) -> String {
        var leaving: MonotonicTime?
        var hasTerminated = false
        while true {
            let now = process.now
            if let reason = verdict.reason { return reason }
            if let ended = child.end() { return ended }
            if let closed = closedOutput, !process.isStopping, closed.duration(to: now) >= .seconds(1) {
                return "it closed its standard output"
            }
            process.endLateQuestions()
            heartbeat.beat(child.pid)
            takeBacklog()
            var next = heartbeat.next
            if let due = process.serveDevices() { next = min(next, due) }
            if process.isStopping, process.state.withLock({ $0.questions.isEmpty && $0.outgoing.isEmpty }) {
                child.closeInput()
                let since = leaving ?? now
                leaving = since
                if since.duration(to: now) >= process.timing.leaving {
                    if hasTerminated { return "it did not end when it was asked to" }
                    child.signal(SIGTERM)
                    hasTerminated = true
                    leaving = now
                }
                next = min(next, (leaving ?? now).advanced(by: process.timing.leaving))
            }
            let deadline = process.state.withLock { $0.questions.values.map(\.deadline).min() }
            next = min(next, deadline ?? next)
            if closedOutput != nil { next = min(next, now.advanced(by: .milliseconds(50))) }
            if !backlog.isEmpty { next = min(next, now.advanced(by: .milliseconds(10))) }
            wait(child, until: next)
        }
    }

    private func wait(_ child: ChildProcess, until next: MonotonicTime) {
        let hasOutput = process.state.withLock { !$0.outgoing.isEmpty }
        var descriptors = [
            pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0),
            pollfd(fd: backlog.isEmpty ? child.output : -1, events: Int16(POLLIN), revents: 0),
            pollfd(fd: child.error, events: Int16(POLLIN), revents: 0),
            pollfd(fd: hasOutput ? child.input : -1, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: child.ending, events: Int16(POLLIN), revents: 0),
        ]
        let left = process.now.duration(to: next).wholeNanoseconds / 1_000_000 + 1
        guard poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: max(left, 0))) > 0 else { return }
        if descriptors[0].revents != 0 { process.drainWakeUp() }
        if descriptors[1].revents != 0 { readOutput(child) }
        if descriptors[2].revents != 0 { readError(child) }
        if descriptors[3].revents != 0 { writeInput(child) }
    }

    private func readOutput(_ child: ChildProcess) {
        let count = read(child.output, &chunk, chunk.count)
        if count > 0 {
            backlog += splitter.take(chunk[..<count])
        } else if count == 0 {
            child.closeOutput()
            closedOutput = process.now
        }
    }

    private func readError(_ child: ChildProcess) {
        let count = read(child.error, &chunk, chunk.count)
        if count > 0 {
            errorLines.take(chunk[..<count], now: process.now) { process.log(.info, $0) }
        } else if count == 0 {
            child.closeError()
        }
    }

    private func writeInput(_ child: ChildProcess) {
        process.state.withLock { state in
            let count = state.outgoing.withUnsafeBytes { write(child.input, $0.baseAddress, min($0.count, 65536)) }
            if count > 0 { state.outgoing.removeFirst(count) }
            // A driver that closed its standard input: its end says more, and comes with the next heartbeat at the latest.
            if count < 0, errno != EAGAIN, errno != EINTR { state.outgoing = [] }
        }
    }

    /// Takes the lines that came, no more than the driver may send; what is left over keeps it from being read on.
    private func takeBacklog() {
        let now = process.now
        while let line = backlog.first, verdict.reason == nil {
            guard messages.take(now: now) else {
                let since = floodsSince ?? now
                floodsSince = since
                if since.duration(to: now) >= process.timing.flood {
                    verdict.end("it sends more than \(Int(process.timing.messageRate)) messages a second")
                }
                return
            }
            backlog.removeFirst()
            take(line)
        }
        backlog = []
        floodsSince = nil
    }

    /// Notes a fault of the driver; after too many of them in a minute its life ends.
    func fault(_ text: String) {
        let now = process.now
        if complaints.take(now: now) { process.complain(text) }
        faults = faults.filter { $0.duration(to: now) < .seconds(60) } + [now]
        if faults.count > process.timing.faults {
            verdict.end("it sent \(faults.count) faulty messages within a minute; the last one: \(text)")
        }
    }

    private func end(_ child: ChildProcess) {
        child.signal(SIGKILL)
        readError(child)
        errorLines.close { process.log(.info, $0) }
        var status: Int32 = 0
        _ = waitpid(child.pid, &status, 0)
    }
}
