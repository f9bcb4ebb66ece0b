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

    /// Whether boxes and circuits are those of the last tick, and nothing is wrong with them.
    let isKnown: Bool
    /// The names of the boxes of the limits and of the snapshot, for the next tick to know again.
    private(set) var uniqueIDs: UniqueIDs

    /// Checks `limits` and `snapshot`; names that are the same as those in `unique` are not looked at one by one.
    init(_ snapshot: Snapshot, _ limits: SiteLimits, unique: UniqueIDs, at now: Moment) {
        self.limits = limits
        self.snapshot = snapshot
        uniqueIDs = unique
        // Arrays that nobody has changed are compared by where they are.
        isKnown = unique.sound.map { $0.boxes == limits.boxes && $0.tree == limits.tree } ?? false
        if !isKnown { findDoubledSetups() }
        findDoubledWishes()
        if !isKnown {
            checkBoxes()
            let isSound = barred.isEmpty && bounds.problems.isEmpty
            uniqueIDs.sound = isSound ? SoundBoxes(boxes: limits.boxes, tree: limits.tree) : nil
        }
        checkLimits()
        checkSnapshot(at: now)
    }

    private mutating func checkLimits() {
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

    private mutating func findDoubledSetups() {
        guard !limits.boxes.lazy.map(\.id).elementsEqual(uniqueIDs.limits) else { return }
        var kept = Set<String>(minimumCapacity: limits.boxes.count)
        for setup in limits.boxes where !kept.insert(setup.id).inserted {
            bounds.problems.append(.duplicateBox(setup.id))
            barred.insert(setup.id)
        }
        kept = []
        if !barred.isEmpty { limits.boxes.removeAll { !kept.insert($0.id).inserted } }
        uniqueIDs.limits = barred.isEmpty ? limits.boxes.map(\.id) : []
    }

    private mutating func findDoubledWishes() {
        guard !snapshot.isNaming(uniqueIDs.snapshot) else { return }
        var kept = Set<String>(minimumCapacity: snapshot.boxes.count)
        let before = snapshot.boxes.count
        for box in snapshot.boxes where !kept.insert(box.id).inserted { bounds.problems.append(.duplicateWish(box.id)) }
        let isUnique = kept.count == before
        kept = []
        if !isUnique { snapshot.boxes.removeAll { !kept.insert($0.id).inserted } }
        uniqueIDs.snapshot = isUnique ? snapshot.boxes.map(\.id) : []
    }

    private mutating func checkBoxes() {
        var node = Int.max
        for place in limits.boxes.indices {
            if let found = limits.tree.index(of: limits.boxes[place].node, near: node) {
                node = found
            } else {
                let setup = limits.boxes[place]
                barred.insert(setup.id)
                bounds.problems.append(.unknownNode(box: setup.id, node: setup.node))
            }
            guard !limits.boxes[place].ability.isSound else { continue }
            let id = limits.boxes[place].id
            bounds.check(&limits.boxes[place].ability, id)
        }
    }

    private mutating func checkSnapshot(at now: Moment) {
        for place in snapshot.boxes.indices where !snapshot.boxes[place].isSound {
            let id = snapshot.boxes[place].id
            bounds.hold(&snapshot.boxes[place].minimum, InputBounds.current, "the minimum wanted at box '\(id)'")
            bounds.hold(&snapshot.boxes[place].maximum, InputBounds.current, "the maximum wanted at box '\(id)'")
            bounds.hold(&snapshot.boxes[place].priority, InputBounds.priority, "the priority of box '\(id)'")
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

extension Snapshot {
    /// Whether its boxes have these names, in this order.
    fileprivate func isNaming(_ names: [String]) -> Bool {
        let boxes = boxes.span
        return boxes.count == names.count && boxes.indices.allSatisfy { boxes[$0].id == names[$0] }
    }
}

extension BoxSnapshot {
    /// Whether every number can be.
    fileprivate var isSound: Bool {
        InputBounds.current.contains(minimum ?? 0) && InputBounds.current.contains(maximum ?? 0)
            && InputBounds.priority.contains(priority)
    }
}
