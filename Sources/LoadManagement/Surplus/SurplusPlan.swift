/// Which boxes charge with the surplus, and on which terminals boxes that can be switched charge.
///
/// Every tick the surplus is shared on trial as if nothing had a delay. What a box would get there drives its timers;
/// what the timers allow is then shared for good: a box that is on keeps its minimum until its stop delay is over, even
/// where the surplus does not cover it.
struct SurplusPlan {
    var wishes: Wishes
    var memory: Memory
    let limits: SiteLimits
    let now: Moment
    /// The surplus in milliwatts.
    let surplus: Int
    /// Everything that is shared, with the boxes in order of rank.
    let input: AllocationInput
    /// The boxes that go by the surplus, with those that are off; by their place in `input`.
    private(set) var sunny: [Int] = []
    /// The boxes that can be switched, by their place in `input`.
    private(set) var switchable: [Int] = []

    /// Adjusts `wishes` to the surplus and to the phases; answers with the memory to go on with.
    static func adjust(
        _ wishes: inout Wishes, _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], _ memory: Memory,
        _ load: BaseLoad, _ now: Moment
    ) -> Memory {
        let isConcerned =
            !memory.surplus.isEmpty || !memory.phases.isEmpty || snapshot.hasSunny
            || booked.contains { $0.ability.switching != nil }
        guard isConcerned else { return memory }
        var memory = memory
        memory.prepare(&wishes, limits, now)
        let isNeeded = wishes.boxes.contains { box in
            guard case .share = box.wish else { return false }
            return box.box.mode.isSunny || memory.mayHaveToSwitch(box, limits, now)
        }
        guard isNeeded else { return memory }
        var plan = SurplusPlan(wishes, snapshot, limits, booked, memory, load, now)
        plan.run()
        wishes = plan.wishes
        return plan.memory
    }

    private init(
        _ wishes: Wishes, _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], _ memory: Memory,
        _ load: BaseLoad, _ now: Moment
    ) {
        self.wishes = wishes
        self.memory = memory
        self.limits = limits
        self.now = now
        surplus = self.memory.sight.surplus(
            snapshot.surplus ?? 0, limits.surplus, patience: limits.calm.patience, at: now)
        input = wishes.input(snapshot, limits, booked, load).0
        for (place, demand) in input.boxes.enumerated() {
            if wishes.boxes[demand.rank].box.mode.isSunny { sunny.append(place) }
            if wishes.boxes[demand.rank].terminals != nil { switchable.append(place) }
        }
    }

    private mutating func run() {
        let shares = trial()
        let narrow = narrowing(shares)
        let best = narrow.isEmpty ? shares : trial(with: narrow.map { ($0, single($0)) })
        count(shares, best)
        switchDown(narrow, best)
        switchUp(shares)
        settle(shares)
    }
}

extension SurplusPlan {
    func id(_ place: Int) -> String { input.boxes[place].id }

    /// The place in the order of sharing of a box, by its place in `input`.
    func rank(_ place: Int) -> Int { input.boxes[place].rank }

    func mode(_ place: Int) -> BoxMode { wishes.boxes[rank(place)].box.mode }

    func booking(_ place: Int) -> BoxBooking { memory.bookings.values[wishes.boxes[rank(place)].booking] }

    /// The milliwatts of `current` milliamperes on each of `terminals`.
    func power(_ current: Int, _ terminals: PhaseSet) -> Int { current * terminals.count * nominalVoltage }

    func minimum(_ demand: BoxDemand) -> Int { power(demand.minimum, demand.terminals) }

    func isResting(_ place: Int) -> Bool { memory.surplus[id(place)]?.isResting(at: now) ?? false }

    /// What every box would get if nothing had a delay, with some boxes on other terminals.
    func trial(with changes: [(place: Int, terminals: PhaseSet)] = []) -> [Allocation] {
        var trial = input
        for place in sunny {
            trial.boxes[place].hasFreeMinimum = mode(place) == .minSurplus
            // A car that rests lets others have the surplus first.
            if isResting(place) { trial.boxes[place].priority = Int.min }
        }
        for (place, terminals) in changes { trial.boxes[place].terminals = terminals }
        if !sunny.isEmpty { trial.budgets.append(budget(trial.boxes, sunny)) }
        return Allocator.allocate(trial)
    }

    /// What the boxes on `places` share beyond the minima that they have anyway.
    func budget(_ boxes: [BoxDemand], _ places: [Int]) -> WattBudget {
        let free = places.reduce(0) { $0 + (boxes[$1].hasFreeMinimum ? minimum(boxes[$1]) : 0) }
        var names = Set(places.map { boxes[$0].id })
        // One that cannot be told anything now uses the surplus as well.
        for box in wishes.boxes where box.isFixed && box.box.mode.isSunny { names.insert(box.id) }
        var budget = WattBudget(milliwatts: surplus - free, boxes: names, cause: .surplus)
        budget.countsReserves = false
        return budget
    }
}

extension Snapshot {
    /// Whether a box goes by the surplus.
    fileprivate var hasSunny: Bool {
        let span = boxes.span
        return span.indices.contains { span[$0].mode.isSunny }
    }
}

extension BoxMode {
    /// Whether it goes by the surplus.
    var isSunny: Bool { self == .surplus || self == .minSurplus }
}
