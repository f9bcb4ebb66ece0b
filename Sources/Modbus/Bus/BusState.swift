import DriverAPI
import ReadPlanning

/// What the callers and the thread of a bus share, under its monitor.
struct BusState: Sendable {
    /// What the thread does next.
    struct Turn: Sendable {
        var id: UInt64
        var work: Work
        var unit: UInt8
        var options: RequestOptions
        var repeated: Bool

        enum Work: Sendable {
            case request(BusRequest)
            case modify(BusEntry.Modification)
        }
    }

    /// What the thread is to do now.
    enum Duty: Sendable {
        case turn(Turn)
        /// Run what tasks left to do here: ``BusState/takeJobs(into:)``.
        case jobs
        /// The bus is closed.
        case end
    }

    /// Waiting and under way, in the order in which they go out.
    private(set) var queue: [BusEntry] = []
    /// The entry that the thread is busy with.
    private var current: UInt64?
    private(set) var isClosed = false
    /// Work of tasks that run on the thread of the bus.
    private var jobs: [UnownedJob] = []
    /// Whether a request goes before further jobs: so neither side can keep the other waiting.
    private var isRequestsTurn = false
    var history: LineHistory
    var records: [UInt8: UnitRecord] = [:]
    var connects = 0
    var busy = Duration.zero
    var load = LoadMeter()
    var trouble: String?

    init(silence: Duration) { history = LineHistory(silence: silence) }

    /// Takes an entry in; gives it back when the bus is closed.
    mutating func add(_ entry: BusEntry) -> BusEntry? {
        if isClosed { return entry }
        let index = queue.firstIndex { entry.goesBefore($0) } ?? queue.endIndex
        queue.insert(entry, at: index)
        return nil
    }

    /// Takes a job in; false when the bus is closed.
    mutating func add(_ job: UnownedJob) -> Bool {
        if isClosed { return false }
        jobs.append(job)
        return true
    }

    /// Hands the waiting jobs out; `empty` becomes the next list, so that its memory is used again.
    mutating func takeJobs(into empty: inout [UnownedJob]) {
        swap(&jobs, &empty)
        isRequestsTurn = true
    }

    /// What the thread does next: jobs, then a request that may go, in turns.
    mutating func next(now: MonotonicTime) -> Monitor<BusState>.Step<Duty> {
        if isClosed { return .done(.end) }
        if !jobs.isEmpty, !isRequestsTurn { return .done(.jobs) }
        isRequestsTurn = false
        let step = nextTurn(now: now)
        if case .wait = step, !jobs.isEmpty { return .done(.jobs) }
        return step
    }

    private mutating func nextTurn(now: MonotonicTime) -> Monitor<BusState>.Step<Duty> {
        var earliest: MonotonicTime?
        // Entries that go before but have to wait, with the moment up to which.
        var held: [(index: Int, ready: MonotonicTime)] = []
        for (index, entry) in queue.enumerated() {
            guard let (request, unit) = entry.next else { continue }
            let ready = history.ready(request, to: unit, gaps: entry.options.gaps)
            if ready <= now {
                guard held.allSatisfy({ lets(entry, unit, pass: queue[$0.index], ready: $0.ready, now: now) }) else {
                    continue
                }
                current = entry.id
                return .done(.turn(turn(entry, unit, request)))
            }
            held.append((index, ready))
            earliest = min(earliest ?? ready, ready)
        }
        return .wait(until: earliest)
    }

    private func turn(_ entry: BusEntry, _ unit: UInt8, _ request: BusRequest) -> Turn {
        let work: Turn.Work =
            if case .modify(let modification, _) = entry.work { .modify(modification) } else { .request(request) }
        return Turn(id: entry.id, work: work, unit: unit, options: entry.options, repeated: entry.repeated)
    }

    /// Whether `entry` may go although `first` should and has to wait: not when it would make a more urgent one later,
    /// or keep one waiting for ever that needs the line quiet.
    private func lets(
        _ entry: BusEntry, _ unit: UInt8, pass first: BusEntry, ready: MonotonicTime, now: MonotonicTime
    ) -> Bool {
        let waitsForQuiet = first.options.gaps.neighbour > .zero && first.next?.unit != unit
        if entry.options.urgency == first.options.urgency && !waitsForQuiet { return true }
        let expected = records[unit]?.expected ?? entry.options.timeout
        let quiet = waitsForQuiet ? first.options.gaps.neighbour : .zero
        return now.advanced(by: expected + quiet) <= ready
    }

    /// Takes the result of the current turn; gives the entry back when it has all of its results.
    mutating func finish(_ id: UInt64, _ result: Result<Answer, LinkError>) -> BusEntry? {
        current = nil
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        queue[index].results.append(result)
        queue[index].repeated = false
        if let end = isClosed ? LinkError.closed : queue[index].isCancelled ? .cancelled : nil {
            queue[index].fail(end)
        }
        return queue[index].results.count < queue[index].count ? nil : queue.remove(at: index)
    }

    /// The current turn comes again when its gaps have passed; gives the entry back when it was given up meanwhile.
    mutating func again(_ id: UInt64, repeated: Bool) -> BusEntry? {
        current = nil
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        queue[index].repeated = queue[index].repeated || repeated
        guard let end = isClosed ? LinkError.closed : queue[index].isCancelled ? .cancelled : nil else { return nil }
        queue[index].fail(end)
        return queue.remove(at: index)
    }

    /// The caller gave it up: what has not gone out ends; gives the entry back unless a request of it is on the line.
    mutating func cancel(_ id: UInt64) -> BusEntry? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        if current == id {
            queue[index].isCancelled = true
            return nil
        }
        var entry = queue.remove(at: index)
        entry.fail(.cancelled)
        return entry
    }

    /// Ends everything but the request on the line.
    mutating func close() -> [BusEntry] {
        isClosed = true
        let kept = queue.filter { $0.id == current }
        var ended = queue.filter { $0.id != current }
        queue = kept
        for index in ended.indices { ended[index].fail(.closed) }
        return ended
    }
}
