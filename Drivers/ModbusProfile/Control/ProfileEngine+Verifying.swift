import DeviceProfiles
import DriverAPI
import Modbus

extension ProfileEngine {
    /// The pause between two attempts to read a written value back.
    private static let verifyPause = Duration.milliseconds(500)

    /// Reads back what was written: not before `after`, until equal within `tolerance`, at the latest `within`, both
    /// from the last write of the list.
    func verify(_ context: WriteContext) async throws(DriverError) {
        guard let last = context.checks.map(\.time).max() else { return }
        var open = context.checks
        while !open.isEmpty {
            let next = open.map { last.advanced(by: $0.rule.after) }.min() ?? last
            if next > clock.now { try await pause(until: next, in: context.block ?? .charge) }
            let now = clock.now
            let ready = open.filter { last.advanced(by: $0.rule.after) <= now }
            guard await readNow(ready.map(\.by), urgency: .verify) else { throw lost() }
            open.removeAll { check in ready.contains { $0.point == check.point } && agrees(check) }
            guard let late = open.first(where: { last.advanced(by: $0.rule.within) <= clock.now }) else {
                if open.isEmpty { return }
                let again = clock.now.advanced(by: ProfileEngine.verifyPause)
                let end = open.map { last.advanced(by: $0.rule.within) }.min() ?? again
                try await pause(until: min(again, max(end, clock.now)), in: context.block ?? .charge)
                continue
            }
            throw .notVerified(disagreement(late))
        }
    }

    /// Whether a point, read since then, shows what was written.
    func agrees(_ check: WriteContext.Check) -> Bool {
        let state = board.states[check.by]
        guard state.readAt >= check.time, state.quality <= .noData else { return false }
        if check.comparesWords, check.written.masks == nil, state.words == check.written.words { return true }
        guard let value = state.decoded?.value, let wanted = check.written.value else { return false }
        return ProfileEngine.agree(value, wanted, within: check.rule.tolerance)
    }

    /// Whether two values are equal, numbers within a tolerance; a number and a member of that name are equal.
    static func agree(_ read: Value, _ wanted: Value, within tolerance: Exact) -> Bool {
        if let a = read.asNumber, let b = wanted.asNumber {
            return a.subtracting(b).map { $0.magnitude <= tolerance } ?? false
        }
        return read == wanted
    }

    private func disagreement(_ check: WriteContext.Check) -> String {
        let reading = board.reading(of: check.by)
        let unit = reading.unit.map { $0 == .one ? "" : " \($0.rawValue)" } ?? ""
        let read = reading.value.map { "\($0)\(unit)" } ?? reading.quality.rawValue
        let wanted = check.written.value.map { "\($0)\(unit)" } ?? "what was written"
        return "\(reading.point) reads \(read) instead of \(wanted) after \(check.rule.within.inSeconds) s"
    }
}

extension Value {
    /// The number of a quantity, or of a member that is written as one, such as `3` of `phases_set`.
    var asNumber: Exact? {
        switch self {
        case .number(let number): number
        case .member(let name): Exact(text: name)
        default: nil
        }
    }
}
