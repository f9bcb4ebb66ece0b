extension Memory {
    /// Looks for boxes whose current appears on other phases of their circuit's meter than their rotation says.
    ///
    /// Only steps of one box count that no other box below the same meter had a part in, and several have to agree: the
    /// house moves by itself, but not every time with the box.
    mutating func watchWiring(_ snapshot: Snapshot, _ limits: SiteLimits, at now: Moment) {
        var groups: [Int: [BoxSetup]] = [:]
        for setup in limits.boxes where setup.rotation != .unknown {
            guard let meter = limits.meter(above: setup, snapshot), let newest = bookings[setup.id]?.draw.newest else {
                continue
            }
            cars[setup.id, default: CarMemory()].wiring.measure(newest.current, at: newest.at)
            groups[meter, default: []].append(setup)
        }
        for (node, setups) in groups {
            guard let sample = snapshot.meters[limits.tree.nodes[node].id], now - sample.at <= 10 * second else {
                continue
            }
            // The two boxes that moved last: for each box one of them is the last other one.
            var latest: (id: String, at: Moment) = ("", .min)
            var second: Moment = .min
            for setup in setups {
                let since = cars[setup.id]?.wiring.steadySince ?? .min
                if since > latest.at {
                    second = latest.at
                    latest = (setup.id, since)
                } else {
                    second = max(second, since)
                }
            }
            for setup in setups {
                let others = latest.id == setup.id ? second : latest.at
                let verdict = cars[setup.id]?.wiring.compare(sample, stated: setup.rotation, othersSince: others)
                switch verdict {
                case .swapped(let likely):
                    bookings[setup.id]?.doubt = WiringDoubt(stated: setup.rotation, likely: likely)
                case .fits: bookings[setup.id]?.doubt = nil
                case nil: break
                }
            }
        }
        for setup in limits.boxes { bookings[setup.id]?.applyDoubt(to: setup.rotation) }
    }
}

extension SiteLimits {
    /// The index of the nearest circuit from `setup` upwards that has a meter with a reading.
    fileprivate func meter(above setup: BoxSetup, _ snapshot: Snapshot) -> Int? {
        guard let node = tree.index(of: setup.node) else { return nil }
        return tree.path(from: node).first { place in
            guard case .metered = loads[tree.nodes[place].id] else { return false }
            return snapshot.meters[tree.nodes[place].id] != nil
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
