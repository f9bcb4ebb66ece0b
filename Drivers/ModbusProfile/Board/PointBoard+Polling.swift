import DeviceProfiles
import DriverAPI

/// The items of one round, as bits by their positions.
struct DueItems: Hashable {
    /// Items that are due.
    var due: [UInt64]
    /// Items of slower classes that are due within half their period.
    var nearly: [UInt64]

    /// Whether nothing is due.
    var isEmpty: Bool { due.allSatisfy { $0 == 0 } }

    /// Nothing, for so many items.
    init(count: Int) {
        due = Array(repeating: 0, count: (count + 63) / 64)
        nearly = due
    }

    /// What is due here and not in `other`; without passengers.
    func subtracting(_ other: DueItems) -> DueItems {
        var result = self
        for word in due.indices { result.due[word] &= ~other.due[word] }
        return result
    }

    /// Adds what is due in `other`.
    mutating func add(_ other: DueItems) {
        for word in due.indices { due[word] |= other.due[word] }
    }

    /// Whether the item at this position is in `bits`.
    static func contains(_ item: Int, in bits: [UInt64]) -> Bool { bits[item >> 6] & (1 << UInt64(item & 63)) != 0 }
}

extension PointBoard {
    /// A point is taken as due this much earlier, in nanoseconds, so that rounds stay together.
    private static let slack: Int64 = 20_000_000

    /// What is to be read at `now`.
    func dueItems(at now: MonotonicTime) -> DueItems {
        var result = DueItems(count: items.count)
        for position in points.indices {
            let state = states[position]
            guard let due = state.nextDue, let item = itemOfPoint[position], state.isReadable else { continue }
            let wait = due.nanoseconds - now.nanoseconds
            let target = points[position].target ?? 0
            if wait <= (target > 0 ? PointBoard.slack : 0) {
                result.due[item >> 6] |= 1 << UInt64(item & 63)
            } else if wait <= target / 2 {
                result.nearly[item >> 6] |= 1 << UInt64(item & 63)
            }
        }
        addPartners(to: &result)
        for word in result.due.indices { result.nearly[word] &= ~result.due[word] }
        return result
    }

    /// The items of these points and of what they are calculated from, as far as they can be read; for reading on demand.
    func items(of positions: [Int]) -> DueItems {
        var result = DueItems(count: items.count)
        var seen = Array(repeating: false, count: points.count)
        var waiting = positions
        while let position = waiting.popLast() {
            if seen[position] { continue }
            seen[position] = true
            waiting += points[position].inputs
            guard let item = itemOfPoint[position], states[position].isReadable else { continue }
            result.due[item >> 6] |= 1 << UInt64(item & 63)
        }
        addPartners(to: &result)
        return result
    }

    /// Members of an atomic group go together.
    private func addPartners(to result: inout DueItems) {
        for (item, partners) in partners where DueItems.contains(item, in: result.due) {
            for partner in partners { result.due[partner >> 6] |= 1 << UInt64(partner & 63) }
        }
    }

    /// When the next point is due; nil when none is scheduled.
    var nextDue: MonotonicTime? {
        var earliest: MonotonicTime?
        for state in states {
            guard let due = state.nextDue, state.isReadable else { continue }
            if earliest.map({ due < $0 }) ?? true { earliest = due }
        }
        return earliest
    }

    /// Schedules everything anew, as after each connect; static points and those read on change included.
    func scheduleAll() {
        for position in points.indices {
            states[position].hasAnswered = false
            guard points[position].place != nil, points[position].definition.poll != .onDemand else { continue }
            states[position].nextDue = .zero
        }
    }

    /// Schedules the static points anew, as after a restart of the device.
    func scheduleStatic() {
        for position in points.indices where points[position].definition.poll == .static {
            states[position].nextDue = .zero
        }
    }

    /// The point was read in the round that began at `start`.
    func reschedule(_ position: Int, roundAt start: MonotonicTime) {
        guard let target = points[position].target else {
            states[position].nextDue = nil
            return
        }
        let planned = states[position].nextDue?.nanoseconds ?? start.nanoseconds
        let isPassenger = planned - start.nanoseconds > PointBoard.slack
        var next = (isPassenger ? start.nanoseconds : planned) + target
        if next <= start.nanoseconds { next = start.nanoseconds + target }
        states[position].nextDue = MonotonicTime(nanoseconds: next)
    }

    /// The point was asked for and not answered: it is tried again at its pace, at the latest in 5 s.
    func miss(_ position: Int, at time: MonotonicTime, roundAt start: MonotonicTime) {
        states[position].quality = .missing
        states[position].value = nil
        states[position].time = time
        states[position].filled = 0
        mark(position)
        reschedule(position, roundAt: start)
        if points[position].target == nil, points[position].definition.poll != .onDemand {
            states[position].nextDue = start.advanced(by: .seconds(5))
        }
    }

    /// The device has the point no more, or never had.
    func refuse(_ position: Int) {
        states[position].isRefused = true
        states[position].value = nil
        mark(position)
    }

    /// The device answers nothing: what was read from it is offline.
    func goOffline() {
        for position in points.indices where points[position].place != nil {
            states[position].quality = .offline
            states[position].value = nil
            mark(position)
        }
    }

    /// Notes that the value or quality of a point is new.
    func mark(_ position: Int) {
        states[position].isRenewed = true
        hasRenewed = true
    }
}
