import DriverAPI
import ReadPlanning

/// The thread of a bus: takes the next request, exchanges it, hands the result over. Lives on that thread alone.
final class BusLoop {
    /// How a turn ends.
    enum Outcome {
        case result(Result<Answer, LinkError>)
        /// It goes out again, since nothing was done yet or it may be repeated.
        case again(repeated: Bool)
    }

    /// After so long without traffic an idle connection is looked at before it is used.
    private static let idle = Duration.milliseconds(50)
    /// So many requests in a row without any answer end a TCP connection: its peer may be gone without a word.
    private static let patience = 3

    /// The stack of its thread and of the server's, in bytes; a site has a thread for every line and every TCP device.
    static let stack = 512 * 1024

    let monitor: Monitor<BusState>
    let channel: any Channel
    let endpoint: Endpoint
    let clock = SystemClock()
    private let executor: BusExecutor
    private let frame = RequestFrame()
    /// The jobs being run; empty otherwise.
    private var jobs: [UnownedJob] = []
    private var backOff: BackOff
    private var lastEnd = MonotonicTime.zero
    private var unanswered = 0
    /// The bytes that came as whole frames during the present exchange.
    private var received = 0
    /// Whether nothing was answered since the connection was made.
    private var isFresh = true

    init(
        _ endpoint: Endpoint, monitor: Monitor<BusState>, executor: BusExecutor, reserve: DescriptorReserve,
        adapters: SerialAdapters
    ) {
        self.endpoint = endpoint
        self.monitor = monitor
        self.executor = executor
        if case .serial = endpoint { backOff = .line } else { backOff = BackOff() }
        channel =
            switch endpoint {
            case .tcp(let host, let port): TCPChannel(host: host, port: port)
            case .serial(let path, let parameters):
                RTUChannel(path: path, parameters: parameters, reserve: reserve, adapters: adapters)
            case .rtuOverTCP(let host, let port): RTUChannel(host: host, port: port, reserve: reserve)
            }
    }

    /// Works until the bus is closed.
    func run() {
        loop: while true {
            switch monitor.wait({ $0.next(now: clock.now) }) {
            case .turn(let turn): take(turn)
            case .jobs: runJobs()
            case .end: break loop
            }
        }
        channel.close()
        // A task goes on although its bus has ended.
        runJobs()
    }

    private func take(_ turn: BusState.Turn) {
        let outcome = perform(turn)
        let done: BusEntry? = monitor.withLock { state in
            switch outcome {
            case .result(let result): state.finish(turn.id, result)
            case .again(let repeated): state.again(turn.id, repeated: repeated)
            }
        }
        if let done { done.deliver(done.results) }
    }

    private func runJobs() {
        monitor.withLock { $0.takeJobs(into: &jobs) }
        for job in jobs { executor.run(job) }
        jobs.removeAll(keepingCapacity: true)
    }

    private func perform(_ turn: BusState.Turn) -> Outcome {
        if let reason = refusal(of: turn.unit) { return .result(.failure(.refused(reason))) }
        if channel.isOpen, lastEnd.duration(to: clock.now) > BusLoop.idle { channel.closeIfBroken() }
        if !channel.isOpen {
            if let failure = connect(turn.options) { return .result(.failure(failure)) }
            if turn.options.gaps.afterConnect > .zero { return .again(repeated: false) }
        }
        switch turn.work {
        case .request(let request): return outcome(of: request, turn)
        case .modify(let modification): return modify(modification, turn)
        }
    }

    private func outcome(of request: BusRequest, _ turn: BusState.Turn) -> Outcome {
        let wasFresh = isFresh
        switch exchange(request, unit: turn.unit, timeout: turn.options.timeout) {
        case .success(let answer): return .result(.success(answer))
        case .failure(.unsent) where !turn.repeated: return .again(repeated: true)
        case .failure(.link(.disconnected)) where !turn.repeated && !wasFresh && !request.isWrite:
            return .again(repeated: true)
        case .failure(let failure): return .result(.failure(failure.error))
        }
    }

    private func modify(_ modification: BusEntry.Modification, _ turn: BusState.Turn) -> Outcome {
        let before = outcome(of: modification.read, turn)
        guard case .result(.success(let answer)) = before, let old = answer.words.first else { return before }
        let word = old & ~modification.mask | modification.bits & modification.mask
        let write = BusRequest.write(
            WriteRequest(function: modification.function, address: modification.address, words: [word]))
        Descriptor.sleep(
            until: monitor.withLock { $0.history.ready(write, to: turn.unit, gaps: turn.options.gaps) })
        switch exchange(write, unit: turn.unit, timeout: turn.options.timeout) {
        case .success(let acknowledged):
            return .result(
                .success(Answer(words: [word], sent: acknowledged.sent, received: acknowledged.received)))
        case .failure(let failure): return .result(.failure(failure.error))
        }
    }

    private func refusal(of unit: UInt8) -> String? {
        guard endpoint.isRTU, !(1...247).contains(unit) else { return nil }
        return unit == 0
            ? "unit 0 is a broadcast on a serial line, which nobody answers; use 1 to 247"
            : "unit \(unit) is reserved on a serial line; use 1 to 247"
    }

    private func connect(_ options: RequestOptions) -> LinkError? {
        if let reason = backOff.refusal(urgency: options.urgency, now: clock.now) { return .unreachable(reason) }
        do throws(ChannelFailure) {
            try channel.open(timeout: min(max(options.timeout, .seconds(1)), .seconds(5)))
        } catch {
            let failure = ExchangeFailure(error)
            fail(because: failure.reason)
            return .unreachable(failure.reason)
        }
        isFresh = true
        unanswered = 0
        let now = clock.now
        lastEnd = now
        monitor.withLock { state in
            state.connects += 1
            state.trouble = nil
            state.history.noteConnect(at: now)
        }
        return nil
    }

    private func fail(because reason: String) {
        backOff.failed(reason, now: clock.now)
        monitor.withLock { $0.trouble = reason }
    }
}

extension BusLoop {
    /// The bytes around a PDU: address and checksum, or the MBAP header (Modbus Messaging on TCP/IP V1.0b, 3.1.3).
    private var envelope: Int { endpoint.isRTU ? 3 : 7 }

    /// Sends one request and waits for its answer; leaves the line clean and everything noted.
    private func exchange(
        _ request: BusRequest, unit: UInt8, timeout: Duration
    ) -> Result<Answer, ExchangeFailure> {
        do throws(LinkError) {
            try request.encode(into: frame)
        } catch {
            return .failure(.link(error))
        }
        let bytes = frame.pduCount + envelope
        received = 0
        let sent = clock.now
        let wire = endpoint.timing.character * (frame.pduCount + 3)
        let result = transact(request, unit: unit, sent: sent, deadline: sent.advanced(by: wire + timeout))
        let answered = clock.now
        switch result {
        case .success, .failure(.link(.exception)):
            isFresh = false
            unanswered = 0
            backOff.succeeded()
        case .failure(let failure): recover(from: failure, request)
        }
        let end = clock.now
        lastEnd = end
        monitor.withLock { state in
            state.busy += sent.duration(to: end)
            state.load.note(from: sent, to: end)
            state.history.noteEnd(of: request, unit: unit, at: end)
            if case .failure(.link(.timeout)) = result, endpoint.isRTU {
                state.history.noteSilence(request, unit: unit, until: end.advanced(by: timeout))
            }
            state.note(unit: unit, sent: sent, answered: answered, bytes: (bytes, received), result)
        }
        return result
    }

    private func transact(
        _ request: BusRequest, unit: UInt8, sent: MonotonicTime, deadline: MonotonicTime
    ) -> Result<Answer, ExchangeFailure> {
        do throws(ChannelFailure) {
            try channel.send(frame, to: unit)
            while true {
                let pdu = try channel.receive(from: unit, until: deadline)
                received += pdu.count + envelope
                switch request.judge(pdu) {
                case .words(let words): return .success(Answer(words: words, sent: sent, received: clock.now))
                case .exception(let code): return .failure(.link(.exception(code)))
                case .other(let what):
                    let late = endpoint.isRTU && monitor.withLock { $0.history.takeLate(from: unit) }
                    if !late { return .failure(.link(.garbled(what))) }
                }
            }
        } catch {
            return .failure(ExchangeFailure(error))
        }
    }

    /// Cleans the line after a failure, so that nothing of it is taken for the next answer.
    private func recover(from failure: ExchangeFailure, _ request: BusRequest) {
        switch failure {
        case .link(.disconnected(let why)), .unsent(let why):
            if isFresh { fail(because: why) }
        case .link(.timeout):
            unanswered += 1
            channel.settle(expected: request.answerCount)
            if case .tcp = endpoint, unanswered >= BusLoop.patience {
                channel.close()
                if isFresh { fail(because: "the device takes connections but answers nothing") }
            }
        default: channel.settle(expected: request.answerCount)
        }
    }
}

extension BusRequest {
    /// How many bytes the answer has as an RTU frame.
    var answerCount: Int {
        switch self {
        case .read(let request):
            5 + (request.function <= 2 ? (Int(request.count) + 7) / 8 : 2 * Int(request.count))
        case .write: 8
        case .raw: 256
        }
    }
}

extension BusState {
    /// Counts one exchange.
    mutating func note(
        unit: UInt8, sent: MonotonicTime, answered: MonotonicTime, bytes: (sent: Int, received: Int),
        _ result: Result<Answer, ExchangeFailure>
    ) {
        var failure: LinkError?
        if case .failure(let what) = result { failure = what.error }
        let came: Bool =
            switch failure {
            case nil, .exception: true
            default: false
            }
        records[unit, default: UnitRecord()].noteSent(sent, bytes: bytes.sent)
        records[unit]?.noteEnd(failure, latency: came ? sent.duration(to: answered) : nil, bytes: bytes.received)
    }
}
