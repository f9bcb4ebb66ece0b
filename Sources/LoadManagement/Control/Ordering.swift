/// Turns targets into orders: lowerings at once, raises only as far as they fit beside all that is still booked.
struct Ordering {
    let snapshot: Snapshot
    let limits: SiteLimits
    private(set) var memory: Memory
    let load: BaseLoad
    let wishes: Wishes
    /// What every box is to have, by rank.
    let targets: [Wishes.Target]
    let now: Moment
    private var orders: [Order] = []
    /// The boxes by their place among the bookings, with what was ordered now.
    private var booked: [BookedBox]

    /// How long a lowering that is not confirmed waits before it is sent again.
    private static let retryLowering: Span = 5 * second
    /// How long a silent box is left alone after a probe.
    private static let retryProbe: Span = 30 * second
    /// How long a box is left alone that was told again what it was told.
    private static let retold: Span = 10 * second
    /// How long a raise waits.
    private static let retryRaise: Span = 30 * second

    init(
        snapshot: Snapshot, limits: SiteLimits, boxes: [BookedBox], memory: Memory, load: BaseLoad,
        outcome: Turns.Outcome, now: Moment
    ) {
        self.snapshot = snapshot
        self.limits = limits
        self.memory = memory
        self.load = load
        booked = boxes
        wishes = outcome.wishes
        targets = outcome.shares.targets
        self.now = now
    }

    /// Orders everything that takes current away, or repeats what is not confirmed.
    mutating func lower() {
        lazy var room = Room(wishes, limits, memory, load, booked, snapshot, now)
        let passed = passed()
        let helpless = passed.isEmpty ? [] : passed.intersection(overloaded(beside: load.least))
        let overloaded = booked.contains { $0.isStubborn } ? overloaded(beside: load.base) : []
        for rank in wishes.boxes.indices {
            guard !isAsTold(rank) else {
                if !helpless.isEmpty { tellAgain(rank, helpless) }
                continue
            }
            let box = wishes.boxes[rank]
            let booking = memory.bookings.values[box.booking]
            guard !booking.isSilent(at: now) else {
                probe(booking, box)
                continue
            }
            lazy var wanted = box.terminals(ordering: booked[box.booking])
            if box.isFixed {
                let path = limits.tree.path(from: box.node)
                if (booking.lastTold?.value ?? 0) > booking.least, !overloaded.isDisjoint(with: path) {
                    give(booking.least, to: box, wanted, .lower)
                    continue
                }
                if booking.lastTold != nil, isDue(booking) { give(repeated(booking), to: box, wanted, .lower) }
                continue
            }
            let target = targets[rank].current
            guard let told = booking.lastTold else {
                // What it follows now is not known. Until that is replaced it may be told its share only if even its
                // rated current would fit; else it has to stop first.
                let isSafe = room.hasRoom(on: limits.tree.path(from: box.node))
                let isReady = isSafe && box.mayStartUnstopped(booking)
                give(isReady ? target : booking.least, to: box, wanted, .lower)
                continue
            }
            if target < told.value {
                give(target, to: box, wanted, .lower)
                let raise = memory.raises.place(box.id, near: box.booking, default: RaiseMemory())
                memory.raises.values[raise].loweredAt = now
            } else if let terminals = box.switches(booking, now) {
                give(0, to: box, terminals, .lower)
            } else if isDue(booking) {
                give(told.value, to: box, wanted, isRaise(booking) ? .raise : .lower)
            }
        }
    }

    /// Whether nothing has to be said to a box: it is to have what it was told, and does as it was told.
    private func isAsTold(_ rank: Int) -> Bool {
        let place = wishes.boxes[rank].booking
        guard booked[place].isSettled, let told = booked[place].told, told.value == targets[rank].current else {
            return false
        }
        if case .fixed = wishes.boxes[rank].wish { return false }
        return told.terminals == wishes.boxes[rank].terminals ?? told.terminals && !booked[place].isExceeding
            && !booked[place].isSilent
    }

    /// The circuits that carry too much even when every box that can be told anything draws the least it can: there a box
    /// that does other than it was told has to stop as well.
    private func overloaded(beside base: [PhaseCurrents]) -> Set<Int> {
        let tree = limits.tree
        var carried = base
        for box in wishes.boxes {
            let known = booked[box.booking]
            let least = PhaseCurrents(known.least, on: known.ability.terminals)
            let current = box.isFixed ? known.supply : known.rotation.largestOnSupply(least)
            for node in tree.path(from: box.node) { carried[node] += current }
        }
        return Set(
            tree.nodes.indices.filter { node in
                let limit = tree.nodes[node].limit - PhaseCurrents(each: tree.nodes[node].reserve)
                return (limit - carried[node]).smallest < 0
            })
    }

    /// The circuits that carry more than their limit by their own meters.
    private func passed() -> Set<Int> {
        let nodes = limits.tree.nodes
        return Set(
            nodes.indices.filter { node in
                guard load.isMetered[node], let sample = snapshot.meters[nodes[node].id] else { return false }
                return (nodes[node].limit - sample.current).smallest < 0
            })
    }

    /// Tells a box below one of the circuits `helpless` what it was told already.
    ///
    /// It may have fallen back to more while the machine slept: no clock says so, it answers, and its register reads as
    /// before. Only where a limit is passed and nothing is left to lower is it worth the writes.
    private mutating func tellAgain(_ rank: Int, _ helpless: Set<Int>) {
        let box = wishes.boxes[rank]
        let known = booked[box.booking]
        guard !known.ability.hasMeter, let told = known.told, case .confirmed(let at) = told.progress,
            known.ability.watchdog?.fallback ?? 0 > told.value, now - at >= Self.retold,
            !helpless.isDisjoint(with: limits.tree.path(from: box.node))
        else { return }
        give(told.value, to: box, told.terminals, .lower)
    }

    /// A silent box whose watchdog has run out is told no more than its fall-back now and then, to find it again.
    private mutating func probe(_ booking: BoxBooking, _ box: RankedBox) {
        guard booking.hasFallenBack(at: now), booking.hasObeyed, booking.lastTold?.progress != .ordered else { return }
        // The first goes out before its driver asks it anything: a question might wake what it was told before.
        if booking.mustBeTold, let open = booking.lastTold?.openSince, now - open < Self.retryProbe { return }
        let kept = booking.ability.switching == nil ? nil : booking.lastTold?.terminals
        give(booking.probe, to: box, kept, .lower)
    }

    private func repeated(_ booking: BoxBooking) -> Int {
        booking.isLeaving ? booking.least : booking.lastTold?.value ?? 0
    }

    /// Whether the last order has to be given again: it is not confirmed for too long, or something else is in force.
    private func isDue(_ booking: BoxBooking) -> Bool {
        guard let told = booking.lastTold, told.progress != .ordered else { return false }
        if isOvertaken(booking, told) { return true }
        if let open = told.openSince { return now - open >= (isRaise(booking) ? Self.retryRaise : Self.retryLowering) }
        if let excess = booking.excess, !booking.hasForeign {
            guard case .confirmed(let at) = told.progress else { return false }
            return excess.orderBefore == booking.lastOrder || now - at >= Self.retryRaise
        }
        return !booking.isSettled
    }

    /// Whether the first order of its value was answered, and the box reads more since: a frame from before it may have
    /// arrived after it. A box that goes on all the same is asked again more slowly.
    private func isOvertaken(_ booking: BoxBooking, _ told: ToldValue) -> Bool {
        guard case .answered(let answered) = told.progress, let ignored = booking.ignoredAt, let number = told.number
        else { return false }
        return ignored >= answered && !booking.isRepeat(number)
    }

    private func isRaise(_ booking: BoxBooking) -> Bool {
        guard let told = booking.lastTold, let confirmed = booking.told.last(where: \.isConfirmed) else { return false }
        return told.value > confirmed.value
    }

    /// Orders raises, the first in line first, as far as there is room beside everything that is still booked.
    mutating func raise() {
        lazy var room = Room(wishes, limits, memory, load, booked, snapshot, now)
        for rank in wishes.boxes.indices {
            let place = wishes.boxes[rank].booking
            guard case .share(let demand, nil) = wishes.boxes[rank].wish,
                let told = booked[place].told, !booked[place].isSilent,
                let goal = calmed(demand, place, told: told.value, target: targets[rank].current),
                booked[place].isSettled
            else { continue }
            var value = min(goal, room.most(booked[place], told: told.value, demand))
            value -= max(0, value - booked[place].ability.minimum) % booked[place].ability.step
            let isWorth = value == goal || value - told.value >= limits.calm.smallRaise
            guard value > told.value, value >= demand.minimum, isWorth else { continue }
            let box = wishes.boxes[rank]
            let terminals = booked[place].terminals(ordering: box.terminals(ordering: booked[place]))
            if value < goal, told.value > 0, let since = memory.raises[box.id]?.possibleSince,
                now - since < limits.calm.forTheWhole
            {
                continue
            }
            let before = booked[place]
            give(value, to: box, terminals, .raise)
            room.take(booked[place], demand, before: before.current)
            let raise = memory.raises.place(box.id, near: box.booking, default: RaiseMemory())
            memory.raises.values[raise].raisedAt = now
            memory.raises.values[raise].rise = before.isProving ? 0 : value - told.value
            memory.raises.values[raise].possibleSince = nil
        }
    }

    /// The value a box may be raised to as far as calm allows; nil if it has to wait.
    private mutating func calmed(_ box: BoxDemand, _ place: Int, told: Int, target: Int) -> Int? {
        guard target > told else {
            if let raise = memory.raises.index(forKey: box.id, near: place) {
                memory.raises.values[raise].possibleSince = nil
            }
            return nil
        }
        let index = memory.raises.place(box.id, near: place, default: RaiseMemory())
        var raise = memory.raises.values[index]
        defer { memory.raises.values[index] = raise }
        raise.leastTarget = raise.possibleSince == nil ? target : min(raise.leastTarget, target)
        let since = raise.possibleSince ?? now
        raise.possibleSince = since
        if let lowered = raise.loweredAt, now - lowered < limits.calm.afterLowering { return nil }
        if told == 0 || target - told >= limits.calm.smallRaise { return target }
        return now - since >= limits.calm.patience && raise.leastTarget > told ? raise.leastTarget : nil
    }

    private mutating func give(_ value: Int, to box: RankedBox, _ wanted: PhaseSet?, _ kind: Order.Kind) {
        let terminals = booked[box.booking].terminals(ordering: wanted)
        let number = memory.bookings.values[box.booking].order(value, terminals: terminals)
        booked[box.booking] = BookedBox(memory.bookings.values[box.booking], at: now)
        orders.append(Order(box: box.id, number: number, value: value, terminals: terminals, kind: kind))
    }

    func decision() -> Decision {
        let tree = limits.tree
        var carried = [PhaseCurrents](repeating: .zero, count: tree.nodes.count)
        var boxes = [String: BoxDecision](minimumCapacity: wishes.boxes.count)
        for rank in wishes.boxes.indices {
            let place = wishes.boxes[rank].booking
            let current = booked[place].supply
            carried[wishes.boxes[rank].node] += current
            let terminals = wishes.boxes[rank].terminals ?? booked[place].told?.terminals
            let isSwitching = wishes.boxes[rank].isPausing
            boxes[memory.bookings.keys[place]] = BoxDecision(
                target: targets[rank].current, told: booked[place].told?.value, reason: targets[rank].reason,
                booked: current, alarms: booked[place].mayAlarm ? memory.bookings.values[place].alarms : [],
                terminals: terminals ?? booked[place].ability.terminals, isSwitching: isSwitching)
        }
        for node in tree.nodes.indices.reversed() {
            if let parent = tree.parents[node] { carried[parent] += carried[node] }
        }
        var nodes = [String: NodeDecision](minimumCapacity: tree.nodes.count)
        for (node, circuit) in tree.nodes.enumerated() {
            nodes[circuit.id] = NodeDecision(
                base: load.base[node], booked: carried[node],
                free: circuit.limit - PhaseCurrents(each: circuit.reserve) - load.base[node] - carried[node],
                isBlind: load.isBlind[node])
        }
        return Decision(
            orders: orders.filter { $0.kind == .lower } + orders.filter { $0.kind == .raise }, boxes: boxes,
            nodes: nodes)
    }
}
