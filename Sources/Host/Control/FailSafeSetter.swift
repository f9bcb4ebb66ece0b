import DriverAPI
import LoadManagement

/// Sets fall-back currents and watchdogs in the boxes, one value at a time, as far as that is safe and the box takes it.
struct FailSafeSetter: Sendable {
    /// One value that is to be written.
    struct Write: Hashable, Sendable {
        /// The box.
        var box: String
        /// The point.
        var point: String
        /// In A or s.
        var value: Exact
    }

    private struct Attempt {
        var write: Write
        var isOpen: Bool
        var next: MonotonicTime
        var connections: Int
    }

    /// How long a box has to show what was written.
    private static let patience = Duration.seconds(60)
    /// How long a box that refused is left alone, unless it comes back on a new connection.
    private static let afterRefusal = Duration.seconds(3600)

    private var attempts: [String: Attempt] = [:]
    /// Fall-back currents that a box may have taken though it does not show them yet, in A.
    private(set) var pending: [String: Exact] = [:]

    /// What is to be written now; `limits` hold the boxes as they report themselves.
    mutating func writes(
        _ states: [DeviceState], _ plan: FailSafePlan, _ limits: SiteLimits, at now: MonotonicTime
    ) -> [Write] {
        let boxes = Set(states.map(\.entry.id))
        attempts = attempts.filter { boxes.contains($0.key) }
        pending = pending.filter { boxes.contains($0.key) }
        var writes: [Write] = []
        for state in states {
            guard let write = due(state, plan, limits, at: now) else { continue }
            attempts[write.box] = Attempt(
                write: write, isOpen: true, next: now.advanced(by: Self.patience), connections: state.connections)
            if state.description?.charging?.failSafe?.current == write.point {
                pending[write.box] = max(pending[write.box] ?? 0, write.value)
            }
            writes.append(write)
        }
        return writes
    }

    /// A write has ended.
    mutating func ended(_ write: Write, isRefused: Bool, at now: MonotonicTime) {
        guard attempts[write.box]?.write == write else { return }
        attempts[write.box]?.isOpen = false
        if isRefused { attempts[write.box]?.next = now.advanced(by: Self.afterRefusal) }
    }

    private mutating func due(
        _ state: DeviceState, _ plan: FailSafePlan, _ limits: SiteLimits, at now: MonotonicTime
    ) -> Write? {
        let id = state.entry.id
        guard let setting = plan.settings[id], let takes = state.description?.charging?.failSafe, state.isInUse,
            case .online = state.link
        else { return nil }
        if let point = takes.current, let shown = state.number(point), pending[id].map({ $0 <= shown }) ?? false {
            pending[id] = nil
        }
        let write = wanted(id, setting, takes, state, limits)
        guard let attempt = attempts[id] else { return write }
        let isRepeated = write == attempt.write && now < attempt.next && state.connections == attempt.connections
        return attempt.isOpen || isRepeated ? nil : write
    }

    private func wanted(
        _ id: String, _ setting: FailSafePlan.Setting, _ takes: FailSafeSettings, _ state: DeviceState,
        _ limits: SiteLimits
    ) -> Write? {
        if let wanted = setting.current, let point = takes.current, let shown = state.number(point), shown != wanted,
            wanted < shown || fits(id, wanted, limits)
        {
            return Write(box: id, point: point, value: wanted)
        }
        if let wanted = setting.timeout, let point = takes.timeout, let shown = state.number(point), shown != wanted {
            return Write(box: id, point: point, value: wanted)
        }
        return nil
    }

    /// Whether a higher fall-back current of one box fits beside those that all others have now.
    private func fits(_ id: String, _ current: Exact, _ limits: SiteLimits) -> Bool {
        var raised = limits
        guard let place = raised.boxes.firstIndex(where: { $0.id == id }) else { return false }
        raised.boxes[place] = raised.boxes[place].falling(
            to: FailSafePlan.Setting(current: current, timeout: nil))
        let path = raised.tree.index(of: raised.boxes[place].node).map { raised.tree.path(from: $0) } ?? []
        let names = Set(path.map { raised.tree.nodes[$0].id })
        return !LimitCheck.findings(raised).contains { finding in
            guard case .fallbackPassesLimit(let sum) = finding else { return false }
            return names.contains(sum.node)
        }
    }
}
