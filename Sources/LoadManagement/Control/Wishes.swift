/// What every booked box is to have: a share, nothing, or what it has already.
struct Wishes {
    enum Wish {
        /// It takes part in sharing; a `cause` is why it may not get more than it has.
        case share(BoxDemand, cause: Reason?)
        /// It is to get `current` milliamperes, usually nothing.
        case given(Int, Reason)
        /// It cannot be told what to do; what it may draw is kept free.
        case fixed(Reason)
    }

    struct Target {
        var current: Int
        var reason: Reason
    }

    /// All boxes that are booked, in order of priority, queue and name.
    var boxes: [RankedBox]
    /// What boxes that depend on the surplus share beyond the minima they have anyway.
    var surplus: WattBudget?
    /// What is kept free for boxes in any case.
    var reserve = StandingReserve()

    init(_ snapshot: Snapshot, _ limits: SiteLimits, _ memory: Memory, _ load: BaseLoad, _ now: Moment) {
        let known = memory.isSnapshotWhole ? snapshot.boxes : memory.all(snapshot.boxes)
        boxes = []
        boxes.reserveCapacity(known.count)
        for key in memory.order(known) {
            let box = known[key.place]
            guard let place = memory.bookings.index(forKey: box.id, near: key.place) else { continue }
            let node = limits.place(of: memory.bookings.values[place])
            let wish =
                snapshot.mode == .manage
                ? Self.wish(
                    box, memory.bookings.values[place], node: node, rank: boxes.count, isBlind: load.isBlind[node], now
                )
                .shaped(memory, limits, of: memory.bookings.values[place], car: key.car, at: now) : .fixed(.mode)
            boxes.append(RankedBox(box: box, booking: place, car: key.car, node: node, wish: wish))
        }
    }

    private static func wish(
        _ box: BoxSnapshot, _ booking: BoxBooking, node: Int, rank: Int, isBlind: Bool, _ now: Moment
    ) -> Wish {
        let told = booking.lastTold?.value
        if booking.isSilent(at: now) { return .fixed(.reserved) }
        if booking.isStubborn { return .fixed(.fault) }
        let least = booking.least
        if booking.isLeaving { return .given(least, .mode) }
        if let withheld = box.withheld, told == nil { return .fixed(withheld.reason) }
        if box.mode == .off || !(box.state.wantsCurrent || box.state == .unknown) { return .given(least, .mode) }
        var cause = box.withheld?.reason
        if isBlind || (box.state == .unknown && cause == nil) { cause = cause ?? .fault }
        var demand = Self.demand(box, booking, node: node, rank: rank)
        guard let cause else { return .share(demand, cause: nil) }
        guard let told, told > 0 else { return .given(least, cause) }
        demand.maximum = min(demand.maximum, told)
        demand.minimum = min(demand.minimum, demand.maximum)
        return .share(demand, cause: cause)
    }

    private static func demand(_ box: BoxSnapshot, _ booking: BoxBooking, node: Int, rank: Int) -> BoxDemand {
        let ability = booking.ability
        let needed = max(ability.minimum, box.minimum ?? 0)
        let steps = (needed - ability.minimum + ability.step - 1) / ability.step
        return BoxDemand(
            id: box.id, node: node, minimum: ability.minimum + steps * ability.step,
            maximum: min(ability.maximum, box.maximum ?? ability.maximum), step: ability.step,
            terminals: booking.terminals(startingOn: box.terminals), rotation: booking.setup.rotation,
            priority: box.priority, queue: rank)
    }

    /// What came of sharing.
    struct Shares {
        /// What every box is to have, by rank.
        var targets: [Target]
        /// What was shared, and among whom, in order of rank.
        var input: AllocationInput
    }

    /// Shares what is free.
    func share(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ memory: Memory, _ load: BaseLoad, _ now: Moment
    ) -> Shares {
        var (input, targets) = input(snapshot, limits, memory, load, now)
        repeat {
            for (demand, share) in zip(input.boxes, Allocator.allocate(input)) {
                targets[demand.rank] = target(demand, share)
            }
        } while keepUnstoppable(&input, &targets, memory)
        for rank in boxes.indices where boxes[rank].isPausing { targets[rank] = Target(current: 0, reason: .phases) }
        return Shares(targets: targets, input: input)
    }

    /// What is to be shared, and what boxes that do not take part have.
    func input(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ memory: Memory, _ load: BaseLoad, _ now: Moment
    ) -> (AllocationInput, [Target]) {
        var input = AllocationInput(tree: limits.tree, base: load.base, boxes: [], unbalance: limits.unbalance)
        input.budgets = (limits.budgets + snapshot.budgets).map { limits.budget($0) }
        for number in input.budgets.indices { input.budgets[number].countsReserves = reserve.counts(in: number) }
        if var surplus {
            // No fuse: what boxes may fall back to is nothing that the sun has to cover.
            surplus.countsReserves = false
            input.budgets.append(surplus)
        }
        var targets = [Target](repeating: Target(current: 0, reason: .mode), count: boxes.count)
        input.boxes.reserveCapacity(boxes.count)
        for rank in boxes.indices {
            let (node, place) = (boxes[rank].node, boxes[rank].booking)
            switch boxes[rank].wish {
            case .share(var demand, _):
                demand.reserved = reserve[rank]
                input.boxes.append(demand)
            case .fixed(let reason):
                let most = memory.bookings.values[place].atTerminals(now).maximum(reserve[rank])
                input.reserved.append(memory.bookings.values[place].fixed(most, node: node))
                targets[rank] = Target(current: 0, reason: reason)
            case .given(let current, let reason):
                let given = PhaseCurrents(current, on: memory.bookings.values[place].ability.terminals)
                input.reserved.append(
                    memory.bookings.values[place].fixed(given.maximum(reserve[rank]), node: node))
                targets[rank] = Target(current: current, reason: reason)
            }
        }
        return (input, targets)
    }

    private func target(_ demand: BoxDemand, _ share: Allocation) -> Target {
        guard share.reason == .max, case .share(_, let cause?) = boxes[demand.rank].wish else {
            return Target(current: share.current, reason: share.reason)
        }
        return Target(current: share.current, reason: cause)
    }

    /// A box that cannot be stopped goes on at its minimum though it would have to wait: the others share the rest.
    private func keepUnstoppable(
        _ input: inout AllocationInput, _ targets: inout [Target], _ memory: Memory
    ) -> Bool {
        guard memory.bookings.values.contains(where: { !$0.ability.isStoppable }) else { return false }
        var moved = false
        for (place, demand) in input.boxes.enumerated().reversed() {
            let booking = memory.bookings.values[boxes[demand.rank].booking]
            guard !booking.ability.isStoppable, targets[demand.rank].current < booking.ability.minimum else { continue }
            targets[demand.rank].current = booking.ability.minimum
            input.boxes.remove(at: place)
            let given = PhaseCurrents(booking.ability.minimum, on: demand.terminals)
            input.reserved.append(booking.fixed(given.maximum(demand.reserved), node: demand.node))
            moved = true
        }
        return moved
    }
}

extension SiteLimits {
    /// The circuit a box counts on; the supply if its circuit does not exist any more.
    func place(of booking: BoxBooking) -> Int { booking.place ?? 0 }

    /// A limit on a circuit that does not exist holds for all boxes.
    func budget(_ limit: PowerLimit) -> WattBudget {
        WattBudget(
            milliwatts: limit.milliwatts, node: limit.node.flatMap { tree.index(of: $0) }, boxes: limit.boxes,
            cause: limit.cause)
    }
}

extension BoxBooking {
    /// The terminals that an order goes for: a box that charges keeps its own, one that starts gets `wanted`.
    func terminals(ordering wanted: PhaseSet?) -> PhaseSet {
        if let lastTold, lastTold.value > 0 { return lastTold.terminals }
        return wanted ?? ability.terminals
    }

    /// Those of them that its car uses, as far as that is known.
    func terminals(startingOn wanted: PhaseSet?) -> PhaseSet {
        let ordered = terminals(ordering: wanted)
        guard lastTold?.terminals == ordered else { return ordered }
        return terminals
    }
}
