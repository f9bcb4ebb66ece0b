import DriverAPI
import ReadPlanning

/// What went over the line when, and from when on the next request may go.
struct LineHistory: Sendable {
    private struct UnitTimes {
        var answer: MonotonicTime?
        var write: MonotonicTime?
    }

    /// A request whose answer may still come, and be taken for another's: RTU frames have no number.
    private struct Late {
        var unit: UInt8
        var request: BusRequest
        var until: MonotonicTime
    }

    /// 3.5 characters on a serial line.
    let silence: Duration
    private var traffic: MonotonicTime?
    private var unit: UInt8?
    private var connected: MonotonicTime?
    private var units: [UInt8: UnitTimes] = [:]
    private var late: [Late] = []

    init(silence: Duration) { self.silence = silence }

    /// The first moment at which a request to `unit` may leave; `zero` when it has nothing to wait for.
    func ready(_ request: BusRequest, to unit: UInt8, gaps: RequestGaps) -> MonotonicTime {
        var ready = MonotonicTime.zero
        func after(_ moment: MonotonicTime?, _ gap: Duration) {
            if let moment, gap > .zero { ready = max(ready, moment.advanced(by: gap)) }
        }
        after(traffic, silence)
        if gaps != RequestGaps() {
            let times = units[unit]
            after(times?.answer, gaps.between)
            after(times?.write, gaps.afterWrite)
            if request.isWrite { after(times?.write, gaps.writes) }
            if self.unit != unit { after(traffic, gaps.neighbour) }
            after(connected, gaps.afterConnect)
        }
        for entry in late
        where entry.unit == unit && entry.request != request && entry.request.isConfusable(with: request) {
            ready = max(ready, entry.until)
        }
        return ready
    }

    /// A connection was made.
    mutating func noteConnect(at now: MonotonicTime) {
        connected = now
        late.removeAll()
    }

    /// A request ended, by an answer or otherwise.
    mutating func noteEnd(of request: BusRequest, unit: UInt8, at now: MonotonicTime) {
        traffic = now
        self.unit = unit
        units[unit, default: UnitTimes()].answer = now
        if request.isWrite { units[unit, default: UnitTimes()].write = now }
        if !late.isEmpty { late.removeAll { $0.until <= now } }
    }

    /// A request on an RTU line was not answered; its answer may come until as long again has passed.
    mutating func noteSilence(_ request: BusRequest, unit: UInt8, until: MonotonicTime) {
        late.removeAll { $0.unit == unit && $0.request == request }
        late.append(Late(unit: unit, request: request, until: until))
    }

    /// Whether `unit` may still be answering something earlier.
    mutating func takeLate(from unit: UInt8) -> Bool {
        guard let index = late.firstIndex(where: { $0.unit == unit }) else { return false }
        late.remove(at: index)
        return true
    }
}

extension BusRequest {
    /// Whether the answer of one can look like the other's. A write's answer names what was written.
    func isConfusable(with other: BusRequest) -> Bool {
        switch (self, other) {
        case (.read(let mine), .read(let theirs)): mine.function == theirs.function && mine.count == theirs.count
        case (.raw, _), (_, .raw): function == other.function
        default: false
        }
    }
}
