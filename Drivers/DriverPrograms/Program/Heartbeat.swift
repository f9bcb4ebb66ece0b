import DriverAPI
import Glibc

/// Asks a driver in an interval whether it is there, and looks at what it uses.
final class Heartbeat {
    private let process: DriverProcess
    private var due: MonotonicTime
    private let verdict: Verdict
    private var processor: (at: MonotonicTime, time: Duration)?

    init(_ process: DriverProcess, _ verdict: Verdict) {
        self.process = process
        self.verdict = verdict
        due = process.now.advanced(by: process.timing.heartbeat)
    }

    /// When it beats next.
    var next: MonotonicTime { due }

    /// Beats if it is time; the life ends when a ping is not answered or the driver uses too much.
    func beat(_ pid: pid_t) {
        let now = process.now
        guard due <= now else { return }
        due = now.advanced(by: process.timing.heartbeat)
        if !process.isStopping { ping() }
        if let use = ProcessUse.all(below: pid), let reason = judge(use, now: now) { verdict.end(reason) }
    }

    private func ping() {
        process.post("ping", [:], limit: process.timing.answer, needsOpen: false) { [verdict] answer in
            // Any answer will do, also that there is no such method: only silence is a sign.
            guard case .failure(let failure) = answer, failure.code == 2 else { return }
            verdict.end("it does not answer: \(failure.message)")
        }
    }

    private func judge(_ use: ProcessUse, now: MonotonicTime) -> String? {
        if use.memory > process.manifest.memory {
            return "it uses \(use.memory) MiB of memory, more than the \(process.manifest.memory) it may"
        }
        guard let begin = processor else {
            processor = (now, use.time)
            return nil
        }
        let elapsed = begin.at.duration(to: now)
        guard elapsed >= process.timing.processorWindow else { return nil }
        processor = (now, use.time)
        let percent = Int((use.time - begin.time).inSeconds / elapsed.inSeconds * 100)
        guard percent > process.timing.processorPercent else { return nil }
        return
            "it used \(percent) % of a processor over \(Int(elapsed.inSeconds.rounded())) s, more than the \(process.timing.processorPercent) % it may"
    }
}
