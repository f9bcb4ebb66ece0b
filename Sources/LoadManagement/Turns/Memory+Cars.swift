extension Memory {
    /// Takes note of every car: whether it is in the queue, uses what it is offered, and has time to spare.
    mutating func watchCars(
        _ snapshot: Snapshot, _ limits: SiteLimits, _ booked: [BookedBox], at now: Moment
    ) {
        if cars.count > snapshot.boxes.count {
            for id in cars.keys where bookings[id].map(\.isLeaving) ?? true { cars[id] = nil }
        }
        isSnapshotWhole = false
        guard snapshot.mode == .manage else { return }
        var found = 0
        // Boxes that charged before the host was started come before those that waited.
        let isFirst = !turns.hasBegun
        let last = cars.values.reduce(0) { max($0, $1.place?.rounds ?? 0) }
        for (hint, box) in snapshot.boxes.enumerated() {
            guard let booking = bookings.index(forKey: box.id, near: hint) else { continue }
            found += 1
            guard !booked[booking].isLeaving else { continue }
            let place = cars.place(box.id, near: booking, default: CarMemory())
            let told = booked[booking].told
            let charged = isFirst && told?.value ?? 0 > booked[booking].least
            let drawn = booked[booking].ability.hasMeter ? booked[booking].newest : nil
            cars.values[place].note(
                box, OfferUse(told: told, drawn: drawn), limits.reclaim, power: booked[booking].largestPower(box),
                at: now)
            cars.values[place].takePlace(box, rounds: last, charged: charged, at: now)
            if cars.values[place].place != nil { turns.hasBegun = true }
        }
        isSnapshotWhole = found == bookings.count
    }

    /// Whether the car of `box` has not used what it is offered for so long that its box may do with its minimum.
    func isIdle(_ box: String, _ limits: SiteLimits, at now: Moment) -> Bool {
        cars[box]?.isIdle(limits, at: now) ?? false
    }

    /// `boxes` with those that are booked though the snapshot does not name them.
    func all(_ boxes: [BoxSnapshot]) -> [BoxSnapshot] {
        let named = Set(boxes.map(\.id))
        return boxes + bookings.keys.filter { !named.contains($0) }.map { BoxSnapshot(id: $0, state: .unknown) }
    }

    /// The `boxes` in order of priority and time to spare; then those whose turn is on before those who wait;
    /// then of rounds, queue and name.
    func order(_ boxes: [BoxSnapshot]) -> [OrderKey] {
        let span = boxes.span
        let keys = span.indices.map { place in
            let car = cars.index(forKey: span[place].id, near: place)
            let turn = car.flatMap { cars.values[$0].place }
            let group = (car.map { cars.values[$0].laxity } ?? Laxity()).group(priority: span[place].priority)
            return OrderKey(
                priority: group.priority, level: group.level, waits: turn.map { $0.isRunning ? 0 : 1 } ?? 1,
                rounds: turn?.rounds ?? 0, queue: span[place].queue, id: span[place].id, place: place, car: car)
        }
        let isInOrder = keys.indices.dropFirst().allSatisfy { !(keys[$0] < keys[$0 - 1]) }
        return isInOrder ? keys : keys.sorted()
    }

    /// Gives `demand` its place in its class, and no more than its car uses.
    func shape(
        _ demand: inout BoxDemand, car: Int?, _ limits: SiteLimits, at now: Moment
    ) {
        guard let car else {
            demand.priority = Laxity().group(priority: demand.priority).priority
            return
        }
        demand.priority = cars.values[car].laxity.group(priority: demand.priority).priority
        let idle = cars.values[car].isIdle(limits, at: now) ? demand.minimum : nil
        guard let most = cars.values[car].draw.cap ?? idle else { return }
        let steps = (max(0, most - demand.minimum) + demand.step - 1) / demand.step
        demand.maximum = min(demand.maximum, demand.minimum + steps * demand.step)
    }
}

/// What the order of the boxes goes by.
struct OrderKey: Comparable {
    var priority: Int
    var level: Int
    var waits: Int
    var rounds: Int
    var queue: Int
    var id: String
    /// Its place among what was put in order.
    var place: Int
    /// Where it is among the cars.
    var car: Int?

    static func < (a: OrderKey, b: OrderKey) -> Bool {
        if a.priority != b.priority { return a.priority > b.priority }
        if a.level != b.level { return a.level < b.level }
        if a.waits != b.waits { return a.waits < b.waits }
        if a.rounds != b.rounds { return a.rounds < b.rounds }
        return a.queue != b.queue ? a.queue < b.queue : a.id < b.id
    }
}
