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

    init(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], _ memory: Memory, _ load: BaseLoad,
        _ now: Moment
    ) {
        let known = memory.isSnapshotWhole ? snapshot.boxes : memory.all(snapshot.boxes)
        boxes = []
        boxes.reserveCapacity(known.count)
        for key in memory.order(known) {
            guard let place = memory.bookings.index(forKey: key.id, near: key.place) else { continue }
            let (box, node) = (known[key.place], booked[place].node)
            var wish = Wish.fixed(.mode)
            if snapshot.mode == .manage {
                wish = Self.wish(
                    box, booked[place], rank: boxes.count, isBlind: load.isBlind[node],
                    isBarred: !memory.barred.isEmpty && memory.barred.contains(key.id))
                if case .share(var demand, let cause) = wish {
                    memory.shape(&demand, car: key.car, limits, at: now)
                    wish = .share(demand, cause: cause)
                }
            }
            boxes.append(RankedBox(box: box, booking: place, car: key.car, node: node, wish: wish))
        }
    }

    /// A box that is `isBarred` is stopped: it may not be started.
    private static func wish(
        _ box: BoxSnapshot, _ booked: BookedBox, rank: Int, isBlind: Bool, isBarred: Bool
    ) -> Wish {
        let told = booked.told?.value
        if booked.isSilent { return .fixed(.reserved) }
        if booked.isStubborn { return .fixed(.fault) }
        let least = booked.least
        if booked.isLeaving { return .given(least, isBarred ? .fault : .mode) }
        if let withheld = box.withheld, told == nil { return .fixed(withheld.reason) }
        if isBarred { return .given(least, .fault) }
        if box.mode == .off || !(box.state.wantsCurrent || box.state == .unknown) { return .given(least, .mode) }
        var cause = box.withheld?.reason
        if isBlind || (box.state == .unknown && cause == nil) { cause = cause ?? .fault }
        var demand = Self.demand(box, booked, rank: rank)
        guard let cause else { return .share(demand, cause: nil) }
        guard let told, told > 0 else { return .given(least, cause) }
        demand.maximum = min(demand.maximum, told)
        demand.minimum = min(demand.minimum, demand.maximum)
        return .share(demand, cause: cause)
    }

    private static func demand(_ box: BoxSnapshot, _ booked: BookedBox, rank: Int) -> BoxDemand {
        let ability = booked.ability
        let needed = max(ability.minimum, box.minimum ?? 0)
        let steps = (needed - ability.minimum + ability.step - 1) / ability.step
        return BoxDemand(
            id: box.id, node: booked.node, minimum: ability.minimum + steps * ability.step,
            maximum: min(ability.maximum, box.maximum ?? ability.maximum), step: ability.step,
            terminals: booked.terminals(startingOn: box.terminals), rotation: booked.rotation,
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
        _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], _ load: BaseLoad
    ) -> Shares {
        var (input, targets) = input(snapshot, limits, booked, load)
        repeat {
            for (demand, share) in zip(input.boxes, Allocator.allocate(input)) {
                targets[demand.rank] = target(demand, share)
            }
        } while keepUnstoppable(&input, &targets, booked)
        for rank in boxes.indices where boxes[rank].isPausing { targets[rank] = Target(current: 0, reason: .phases) }
        return Shares(targets: targets, input: input)
    }

    /// What is to be shared, and what boxes that do not take part have.
    func input(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], _ load: BaseLoad
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
        let ranked = boxes.span
        for rank in ranked.indices {
            let (node, place) = (ranked[rank].node, ranked[rank].booking)
            switch ranked[rank].wish {
            case .share(var demand, _):
                demand.reserved = reserve[rank]
                input.boxes.append(demand)
            case .fixed(let reason):
                let most = booked[place].current.maximum(reserve[rank])
                input.reserved.append(FixedBooking(ranked[rank].box.id, booked[place].rotation, most, node: node))
                targets[rank] = Target(current: 0, reason: reason)
            case .given(let current, let reason):
                let given = PhaseCurrents(current, on: booked[place].ability.terminals).maximum(reserve[rank])
                input.reserved.append(FixedBooking(ranked[rank].box.id, booked[place].rotation, given, node: node))
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
        _ input: inout AllocationInput, _ targets: inout [Target], _ booked: [BookedBox]
    ) -> Bool {
        guard booked.contains(where: { !$0.ability.isStoppable }) else { return false }
        var moved = false
        for (place, demand) in input.boxes.enumerated().reversed() {
            let box = booked[boxes[demand.rank].booking]
            guard !box.ability.isStoppable, targets[demand.rank].current < box.ability.minimum else { continue }
            targets[demand.rank].current = box.ability.minimum
            input.boxes.remove(at: place)
            let given = PhaseCurrents(box.ability.minimum, on: demand.terminals).maximum(demand.reserved)
            input.reserved.append(FixedBooking(demand.id, box.rotation, given, node: demand.node))
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
