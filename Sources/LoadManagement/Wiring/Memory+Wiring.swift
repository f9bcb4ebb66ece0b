extension Memory {
    /// Looks for boxes whose current appears on other phases of their circuit's meter than their rotation says.
    ///
    /// Only steps of one box count that no other box below the same meter had a part in, and several have to agree: the
    /// house moves by itself, but not every time with the box.
    mutating func watchWiring(_ snapshot: Snapshot, _ limits: SiteLimits, at now: Moment) {
        // Steps are looked for between currents that are steady for seconds.
        if let wiringSeen, (0..<2 * second).contains(now - wiringSeen) { return applyDoubts(limits) }
        wiringSeen = now
        let meters = limits.meters(snapshot, at: now)
        var below = [[WatchedBox]](repeating: [], count: limits.tree.nodes.count)
        let setups = limits.boxes.span
        for hint in setups.indices where setups[hint].rotation != .unknown && setups[hint].ability.hasMeter {
            guard let booking = bookings.index(forKey: setups[hint].id, near: hint),
                let node = bookings.values[booking].place, let meter = meters[node],
                let newest = bookings.values[booking].draw.newest
            else { continue }
            let car = cars.place(setups[hint].id, near: hint, default: CarMemory())
            cars.values[car].wiring.measure(newest.current, at: newest.at)
            let since = cars.values[car].wiring.steadySince ?? .min
            below[meter].append(
                WatchedBox(booking: booking, stated: setups[hint].rotation, car: car, steadySince: since))
        }
        for node in below.indices where !below[node].isEmpty {
            guard let sample = snapshot.meters[limits.tree.nodes[node].id] else { continue }
            judge(below[node], sample)
        }
        applyDoubts(limits)
    }

    /// Judges the boxes whose nearest meter gave `sample`.
    private mutating func judge(_ boxes: [WatchedBox], _ sample: MeterSample) {
        // The two boxes that moved last: for each box one of them is the last other one.
        var latest: (booking: Int, at: Moment) = (-1, .min)
        var second: Moment = .min
        for box in boxes {
            if box.steadySince > latest.at {
                second = latest.at
                latest = (box.booking, box.steadySince)
            } else {
                second = max(second, box.steadySince)
            }
        }
        for box in boxes {
            let others = latest.booking == box.booking ? second : latest.at
            let verdict = cars.values[box.car].wiring.compare(sample, stated: box.stated, othersSince: others)
            switch verdict {
            case .swapped(let likely):
                bookings.values[box.booking].doubt = WiringDoubt(stated: box.stated, likely: likely)
            case .fits: bookings.values[box.booking].doubt = nil
            case nil: continue
            }
            uniqueIDs.sound = nil
        }
    }

    private mutating func applyDoubts(_ limits: SiteLimits) {
        guard bookings.values.contains(where: { $0.doubt != nil }) else { return }
        // The rotations of the limits have to be looked at again.
        uniqueIDs.sound = nil
        for setup in limits.boxes { bookings[setup.id]?.applyDoubt(to: setup.rotation) }
    }
}

/// A box whose current is compared with a meter's.
private struct WatchedBox {
    /// Where it is among the bookings.
    var booking: Int
    var stated: Rotation
    /// Where it is among the cars.
    var car: Int
    var steadySince: Moment
}

extension SiteLimits {
    /// For every circuit the nearest one from it upwards that has a meter with a fresh reading, by node index.
    fileprivate func meters(_ snapshot: Snapshot, at now: Moment) -> [Int?] {
        tree.nodes.indices.reduce(into: []) { meters, node in
            let id = tree.nodes[node].id
            let isMetered =
                if case .metered = loads[id], let sample = snapshot.meters[id] {
                    now - sample.at <= BaseLoad.stale
                } else {
                    false
                }
            meters.append(isMetered ? node : tree.parents[node].flatMap { meters[$0] })
        }
    }
}

extension BoxBooking {
    /// A doubted rotation counts as unknown until the site file says another one.
    mutating func applyDoubt(to stated: Rotation) {
        guard let doubt else { return }
        guard doubt.stated == stated else {
            self.doubt = nil
            return
        }
        setup.rotation = .unknown
    }
}
