/// Holds what comes from outside to what can be, so that nothing that is calculated with it can overflow or mislead, and
/// says what it found.
struct InputCheck {
    /// What was found.
    var problems: [InputProblem] { bounds.problems }
    private var bounds = InputBounds()
    private(set) var limits: SiteLimits
    private(set) var snapshot: Snapshot
    /// Boxes that may not be started, because it is not known where they are or which of two is meant.
    private(set) var barred: Set<String> = []
    /// Readings that cannot be, by the name of the circuit, in milliamperes.
    private(set) var implausible: [String: Int] = [:]

    /// A reading this far in the future was not taken by this clock.
    private static let early: Span = 2 * second
    private static let late: Span = Span(InputBounds.span.upperBound)

    init(_ snapshot: Snapshot, _ limits: SiteLimits, at now: Moment) {
        self.limits = limits
        self.snapshot = snapshot
        checkLimits()
        checkSnapshot(at: now)
    }

    private mutating func checkLimits() {
        checkBoxes()
        for (id, load) in limits.loads {
            guard limits.tree.index(of: id) != nil else {
                bounds.problems.append(.unknownCircuit(id, what: "a load"))
                limits.loads[id] = nil
                continue
            }
            switch load {
            case .fixed(let own):
                limits.loads[id] = .fixed(bounds.held(own, InputBounds.signedCurrent, "the load of circuit '\(id)'"))
            case .metered(let worst?):
                limits.loads[id] = .metered(
                    worst: bounds.held(worst, InputBounds.current, "the worst load of circuit '\(id)'"))
            case .metered(nil): break
            }
        }
        bounds.hold(&limits.unbalance, InputBounds.current, "the unbalance limit")
        bounds.hold(&limits.calm.smallRaise, InputBounds.current, "the small raise")
        bounds.hold(&limits.calm.patience, "the wait of a small raise")
        bounds.hold(&limits.calm.afterLowering, "the wait after a lowering")
        if var turn = limits.turn {
            // A turn of less than a minute would wear contactors out.
            bounds.hold(&turn, InputBounds.turn, "the turn")
            limits.turn = turn
        }
        for place in limits.budgets.indices { bounds.check(&limits.budgets[place], limits.tree) }
        checkRules()
    }

    private mutating func checkRules() {
        if var rule = limits.reclaim {
            bounds.hold(&rule.detect, "reclaim: the time to detect")
            bounds.hold(&rule.idle, "reclaim: the time without being ready")
            bounds.hold(&rule.margin, InputBounds.current, "reclaim: the margin")
            bounds.hold(&rule.clearly, InputBounds.current, "reclaim: what is clearly less")
            bounds.hold(&rule.asking, InputBounds.current, "reclaim: what is asking")
            limits.reclaim = rule
        }
        if var rule = limits.wakeUp {
            bounds.hold(&rule.after, "wake-up: the time after the offer")
            bounds.hold(&rule.slept, "wake-up: the time without an offer")
            limits.wakeUp = rule
        }
        bounds.hold(&limits.surplus.startDelay, "surplus: the start delay")
        bounds.hold(&limits.surplus.stopDelay, "surplus: the stop delay")
        bounds.hold(&limits.switching.up, "switching: the time for more phases")
        bounds.hold(&limits.switching.down, "switching: the time for fewer phases")
        bounds.hold(&limits.switching.apart, "switching: the time between two")
        bounds.hold(&limits.overdraft.period, "overdraft: the period")
        bounds.hold(&limits.overdraft.grace, "overdraft: the grace")
        for (id, var chain) in limits.overdraft.chains {
            bounds.hold(&chain, "the chain of circuit '\(id)'")
            limits.overdraft.chains[id] = chain
        }
    }

    private mutating func checkBoxes() {
        var seen = Set<String>(minimumCapacity: limits.boxes.count)
        for place in limits.boxes.indices {
            let id = limits.boxes[place].id
            if !seen.insert(id).inserted { barred.insert(id) }
            if limits.tree.index(of: limits.boxes[place].node) == nil {
                barred.insert(id)
                bounds.problems.append(.unknownNode(box: id, node: limits.boxes[place].node))
            }
            if !limits.boxes[place].ability.isSound { bounds.check(&limits.boxes[place].ability, id) }
        }
        guard seen.count < limits.boxes.count else { return }
        var kept: Set<String> = []
        for setup in limits.boxes where !kept.insert(setup.id).inserted {
            bounds.problems.append(.duplicateBox(setup.id))
        }
        kept = []
        limits.boxes.removeAll { !kept.insert($0.id).inserted }
    }

    private mutating func checkSnapshot(at now: Moment) {
        var seen = Set<String>(minimumCapacity: snapshot.boxes.count)
        for place in snapshot.boxes.indices {
            let box = snapshot.boxes[place]
            if !seen.insert(box.id).inserted { bounds.problems.append(.duplicateWish(box.id)) }
            guard !box.isSound else { continue }
            bounds.hold(&snapshot.boxes[place].minimum, InputBounds.current, "the minimum wanted at box '\(box.id)'")
            bounds.hold(&snapshot.boxes[place].maximum, InputBounds.current, "the maximum wanted at box '\(box.id)'")
            bounds.hold(&snapshot.boxes[place].priority, InputBounds.priority, "the priority of box '\(box.id)'")
        }
        if seen.count < snapshot.boxes.count {
            var kept: Set<String> = []
            snapshot.boxes.removeAll { !kept.insert($0.id).inserted }
        }
        for place in snapshot.budgets.indices { bounds.check(&snapshot.budgets[place], limits.tree) }
        bounds.hold(&snapshot.surplus, InputBounds.power, "the surplus")
        for (id, sample) in snapshot.meters {
            if limits.tree.index(of: id) == nil { bounds.problems.append(.unknownCircuit(id, what: "a meter")) }
            let (age, isOver) = now.subtractingReportingOverflow(sample.at)
            let worst = Phase.allCases.map { sample.current[$0] }.first { !InputBounds.reading.contains($0) }
            implausible[id] = worst.map { max(-CircuitTree.largestCurrent, min(CircuitTree.largestCurrent, $0)) }
            guard worst != nil || isOver || !(-Self.early...Self.late).contains(age) else { continue }
            // Without a reading the circuit is blind.
            snapshot.meters[id] = nil
        }
    }
}

extension BoxAbility {
    /// Whether every number can be.
    fileprivate var isSound: Bool {
        let spans = InputBounds.span
        let isAbilitySound =
            (1...CircuitTree.largestCurrent).contains(minimum) && InputBounds.current.contains(maximum)
            && InputBounds.current.contains(rated) && (1...CircuitTree.largestCurrent).contains(step)
        let areTimesSound =
            spans.contains(Int(pacing)) && spans.contains(Int(carTime)) && spans.contains(Int(queueTime))
            && spans.contains(Int(silentAfter))
        guard isAbilitySound, areTimesSound, let watchdog else { return isAbilitySound && areTimesSound }
        return spans.contains(Int(watchdog.timeout)) && spans.contains(Int(watchdog.margin))
            && InputBounds.current.contains(watchdog.fallback)
    }
}

extension BoxSnapshot {
    /// Whether every number can be.
    fileprivate var isSound: Bool {
        InputBounds.current.contains(minimum ?? 0) && InputBounds.current.contains(maximum ?? 0)
            && InputBounds.priority.contains(priority)
    }
}
