/// The check of a site's limits for the time when nobody manages them.
public enum LimitCheck {
    /// What is wrong with `limits`, circuit by circuit; boxes that go on by themselves come last.
    ///
    /// A box counts with its fall-back current, without a watchdog with its rated current. One that the installer accepted
    /// to go on by itself does not count, and is named.
    public static func findings(_ limits: SiteLimits) -> [LimitFinding] {
        let limits = InputCheck(Snapshot(), limits, unique: UniqueIDs(), at: 0).limits
        let tree = limits.tree
        var findings = limits.boxes.filter { tree.index(of: $0.node) == nil }.map {
            LimitFinding.unknownNode(box: $0.id, node: $0.node)
        }
        let houses = worstHouse(limits)
        for (node, circuit) in tree.nodes.enumerated() {
            var sum = PhaseCurrents.zero
            var count = PhaseCurrents.zero
            for box in limits.boxes {
                guard let fallback = fallback(box), fallback > 0, let place = tree.index(of: box.node),
                    tree.path(from: place).contains(node)
                else { continue }
                let supply = box.rotation.supply(of: box.ability.terminals)
                sum += PhaseCurrents(fallback, on: supply)
                count += PhaseCurrents(1, on: supply)
            }
            for phase in Phase.allCases where sum[phase] > 0 {
                let found = LimitFinding.Sum(
                    node: circuit.id, phase: phase, limit: circuit.limit[phase] - circuit.reserve,
                    house: houses[node]?[phase], fallback: sum[phase], boxes: count[phase])
                if sum[phase] + (found.house ?? 0) > found.limit {
                    findings.append(.fallbackPassesLimit(found))
                } else if found.house == nil {
                    findings.append(.houseUnknown(found))
                }
            }
        }
        return findings
            + limits.boxes.filter { $0.ability.watchdog == nil && $0.isUnattendedAccepted }.map {
                .unattended(box: $0.id, rated: $0.ability.rated)
            }
    }

    /// What a box goes on with when nobody talks to it; nil if it is accepted that nobody knows.
    private static func fallback(_ box: BoxSetup) -> Int? {
        let least = box.ability.isStoppable ? 0 : box.ability.minimum
        if let watchdog = box.ability.watchdog { return max(least, watchdog.fallback) }
        return box.isUnattendedAccepted ? nil : box.ability.rated
    }

    /// By node index; nil where a meter is and no worst case is set.
    private static func worstHouse(_ limits: SiteLimits) -> [PhaseCurrents?] {
        let tree = limits.tree
        var houses = [PhaseCurrents?](repeating: .zero, count: tree.nodes.count)
        var below = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        for node in tree.nodes.indices.reversed() {
            switch limits.loads[tree.nodes[node].id] ?? .fixed(.zero) {
            case .fixed(let own): houses[node] = own.withoutFeedIn + below[node]
            case .metered(let worst): houses[node] = worst
            }
            if let parent = tree.parents[node] { below[parent] += houses[node] ?? .zero }
        }
        return houses
    }
}
