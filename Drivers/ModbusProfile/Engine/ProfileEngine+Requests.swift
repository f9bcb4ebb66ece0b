import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

/// What became of one read.
enum Fetched {
    /// The words, and when they were there.
    case words([UInt16], at: MonotonicTime)
    /// Exception 1, 2 or 3: the device has no such registers.
    case refused(UInt8)
    /// Another exception, or the line cannot send it; the plan is not at fault.
    case failed(String)
    /// The device closed the connection instead of answering a request that may have touched what it does not have.
    case closed
    /// The device is silent now.
    case lost(String)
}

extension ProfileEngine {
    var timing: LinkDefinition.Timing { current.link.timing }

    /// The pauses of the profile.
    var gaps: RequestGaps {
        RequestGaps(
            between: timing.minGap, neighbour: timing.neighbourGap, writes: timing.writeGap,
            afterConnect: timing.pauseAfterConnect, afterWrite: timing.pauseAfterWrite)
    }

    /// Reads, with the repeats and pauses of the profile.
    ///
    /// The first attempt waits as long as this unit's answers have shown to need, repeats as long as the profile says.
    /// `endures`: no answer counts against this request alone, not against the device.
    func fetch(
        _ request: ReadRequest, urgency: RequestOptions.Urgency = .poll, closingTells: Bool = false,
        endures: Bool = false
    ) async -> Fetched {
        var attempt = 0
        while true {
            let options = readOptions(request, urgency: urgency, attempt: attempt)
            let failure: LinkError
            do throws(LinkError) {
                let answer = try await link.answer(to: request, unit: unit, options: options)
                if answer.words.count == Int(request.count) {
                    noteAnswer(answer, to: request)
                    return .words(answer.words, at: answer.received)
                }
                failure = .garbled("\(answer.words.count) values instead of \(request.count)")
            } catch {
                failure = error
            }
            switch failure {
            case .exception(let code) where (1...3).contains(code):
                life.heardRead(at: clock.now)
                return .refused(code)
            case .exception(5), .exception(6):
                life.heardRead(at: clock.now)
                if attempt >= attempts { return .failed("\(failure)") }
                await hold(until: clock.now.advanced(by: timing.busy))
            case .exception(10), .exception(11), .timeout, .garbled:
                if failure == .timeout { noteTimeout(after: options.timeout) }
                if attempt >= attempts {
                    return endures ? .failed("\(failure)") : lose("\(failure)", heard: true)
                }
            case .disconnected:
                if closingTells { return .closed }
                if attempt >= attempts { return lose("\(failure)", heard: false) }
            case .exception:
                life.heardRead(at: clock.now)
                return .failed("\(failure)")
            case .unreachable: return lose("\(failure)", heard: false)
            case .refused: return .failed("\(failure)")
            case .cancelled, .closed: return .lost("\(failure)")
            }
            if connection.isClosed { return .lost("\(DriverError.closed)") }
            attempt += 1
        }
    }

    /// Repeats after the first attempt; none while the device is only probed.
    var attempts: Int { contact.isProbing ? 0 : timing.retries }

    private func readOptions(
        _ request: ReadRequest, urgency: RequestOptions.Urgency, attempt: Int
    ) -> RequestOptions {
        let timeout = (attempt == 0 ? patience : timing.timeout) + wireTime(of: request)
        return RequestOptions(urgency: urgency, timeout: timeout, gaps: gaps)
    }

    /// What the bytes of a request and its answer take on the line.
    func wireTime(of request: ReadRequest) -> Duration {
        configuration.line.time(reading: Int(request.count), of: request.table, latency: .zero)
    }

    /// How long a first attempt waits for an answer to begin; worked out anew after some answers.
    var patience: Duration {
        if let known = knownPatience { return min(known, timing.timeout) }
        let found = latency.timeout(atMost: timing.timeout)
        knownPatience = found
        return found
    }

    private func noteTimeout(after wait: Duration) {
        latency.recordTimeout(after: wait)
        knownPatience = nil
    }

    /// An answer arrived: the device lives, and took so long.
    func noteAnswer(_ answer: Answer, to request: ReadRequest) {
        life.heardRead(at: answer.received)
        connection.hasAnswered = true
        answers &+= 1
        if answers % 16 == 0 { knownPatience = nil }
        if latency.record(elapsed: answer.duration, for: request, on: configuration.line) {
            plans.latency = latency.planned
        }
    }

    /// The device answers no more; `heard`: it may have heard the last frame all the same.
    func lose(_ reason: String, heard: Bool) -> Fetched {
        fellSilent(reason, heard: heard)
        return .lost(reason)
    }

    /// Takes note that the device is silent, and leaves it alone as long as its watchdog needs.
    func fellSilent(_ reason: String, heard: Bool) {
        let now = clock.now
        var quietUntil: MonotonicTime?
        // A box that was never reached nor told anything has nothing to fall back from, and somebody waits for it.
        let mayFollow = contact.wasReached || charge.told != nil
        if heard, mayFollow, let deadline = watchdogDeadline, let last = link.lastFrame(to: unit) {
            quietUntil = last.advanced(by: deadline + Contact.margin(of: deadline))
        }
        contact.fail(at: now, reason: reason, quietUntil: quietUntil)
        connection.isSetUp = false
        connection.preparation = .needed
        charge.asserted = nil
        charge.assertsAfterSwap = false
        assertion.suspend()
        board.now = now
        board.goOffline()
        reportContact()
    }
}
