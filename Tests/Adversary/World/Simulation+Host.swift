import LoadManagement

extension Simulation {
    /// The host's part of a step: meters are read, the store gets ready, and once a second it ticks.
    mutating func manage() {
        for node in meters.indices { readMeter(node) }
        if host.storedAt <= now { dispatch(host.stored(clock, now)) }
        guard now >= nextTick else { return }
        nextTick = now + 1000
        for unit in boxes.indices where isOpen[unit] {
            host.take(
                drivers[unit].takeReports(), drivers[unit].report { clock.moment($0) }, of: boxes[unit].id, clock, now)
            if drivers[unit].isOnline { silentSince[unit] = now }
            onlineSince[unit] = drivers[unit].isOnline ? onlineSince[unit] ?? now : nil
            host.queue(boxes[unit].id, drivers[unit].state)
        }
        var snapshots: [BoxSnapshot] = []
        for unit in boxes.indices where isNamed[unit] && isOpen[unit] {
            snapshots.append(BoxSnapshot(id: boxes[unit].id, state: drivers[unit].state))
        }
        dispatch(host.tick(limits, snapshots, budgets: budgets, clock, now))
        release()
        noteSeen()
    }

    private mutating func readMeter(_ node: Int) {
        guard let meter = meters[node], meter.next <= now else { return }
        meters[node]?.next = now + meter.period
        guard now >= meter.lostUntil else { return }
        if let sample = meters[node]?.read(judge.load[node], now, at: clock.moment(now)) {
            host.measured(meter.circuit, sample)
        }
    }

    mutating func dispatch(_ departures: [HostModel.Departure]) {
        for departure in departures {
            let order = departure.order
            guard let unit = boxes.firstIndex(where: { $0.id == order.box }) else { continue }
            log(
                "order #\(order.number) \(order.kind) \(order.box) to \(order.value); base "
                    + "\(host.decision?.nodes.map { "\($0.key) \($0.value.base.l1)/\($0.value.base.l2)/\($0.value.base.l3)" } ?? [])"
            )
            guard isOpen[unit] else { continue }
            drivers[unit].submit(
                Driver.Command(number: order.number, value: order.value, isRepeat: departure.isRepeat), now,
                isReadBack: site.traits[unit].isReadBack)
            buses[unitBus[unit]].next = min(buses[unitBus[unit]].next, now)
        }
    }

    /// Boxes that have left and are booked no more are closed; nobody talks to them any more.
    private mutating func release() {
        for unit in boxes.indices where isOpen[unit] && !isNamed[unit] && !host.booked.contains(boxes[unit].id) {
            isOpen[unit] = false
            host.closed(boxes[unit].id)
            takeAway(unit)
            log("\(boxes[unit].id) is released")
        }
    }

    /// A box that the host has nothing to do with any more is not at the site any more, until it is put back.
    private mutating func takeAway(_ unit: Int) {
        isTakenAway[unit] = true
        boxes[unit].plug(nil, now)
        leftAt[unit] = now
        if boxes[unit].onSupply != counted[unit] { drawChanged(unit) }
    }

    // MARK: Its end and its start

    mutating func kill(for time: Int, isMachine: Bool) {
        guard isUp else { return }
        isUp = false
        startsAt = now + time
        for line in buses.indices {
            // What is on its way stays on its way; its answer finds nobody.
            if let open = buses[line].open, open.arrives != nil { buses[line].late.append(open) }
            buses[line].open = nil
            buses[line].attempt = 0
        }
        if isMachine { clock = Clock(startingAt: startsAt, showing: random.draw(0...60_000)) }
        log("the host is killed\(isMachine ? " with its machine" : "")")
    }

    mutating func start() {
        isUp = true
        nextTick = now + 1000
        host.start(at: clock.moment(now), isWritten: random.happens(50))
        for unit in boxes.indices {
            drivers[unit] = Driver(period: site.periods[unit], from: now + random.draw(0...20) * Self.step)
            reachableSince[unit] = max(reachableSince[unit], now)
            onlineSince[unit] = nil
            silentSince[unit] = now
            isOpen[unit] = isNamed[unit]
            buses[unitBus[unit]].next = now
        }
        hideAgain()
        log("the host starts; stored: \(host.disk.mapValues { $0.told.map(\.value) })")
    }
}
