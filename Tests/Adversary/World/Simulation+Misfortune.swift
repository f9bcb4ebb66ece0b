import LoadManagement
import TestTools

extension Simulation {
    /// What goes wrong or happens now.
    mutating func misfortune() {
        for kind in FaultKind.allCases where nextFault[kind.rawValue] <= now {
            let mean = site.intervals[kind.rawValue]
            nextFault[kind.rawValue] = now + max(Self.step, random.draw(0...2 * mean) / Self.step * Self.step)
            if happens(kind) { note(kind) }
        }
        for unit in returnsAt.indices where returnsAt[unit] <= now {
            returnsAt[unit] = .max
            isNamed[unit] = true
            isTakenAway[unit] = false
            if isUp { open(unit) }
            reload()
            log("\(boxes[unit].id) is back in the site file")
        }
    }

    private mutating func open(_ unit: Int) {
        guard !isOpen[unit] else { return }
        isOpen[unit] = true
        drivers[unit] = Driver(period: site.periods[unit], from: now + 500)
        buses[unitBus[unit]].next = now
    }

    private func time(_ seconds: ClosedRange<Int>, _ random: inout SeededGenerator) -> Int {
        random.draw(seconds.lowerBound * 10...seconds.upperBound * 10) * Self.step
    }

    private mutating func happens(_ kind: FaultKind) -> Bool {
        let unit = random.draw(0...boxes.count - 1)
        switch kind {
        case .frameLost: weather[unit].loses += random.draw(1...4)
        case .answerLost: weather[unit].losesAnswers += random.draw(1...4)
        case .frameLate: weather[unit].delays += random.draw(1...3)
        case .answerDoubled: weather[unit].doubles += 1; return false
        case .refusal: weather[unit].refuses += random.draw(1...5)
        case .deaf, .mute, .dead: return bad(kind, unit)
        case .disobedience, .foreignWrite, .reboot: return boxFails(kind, unit)
        case .plugged, .unplugged, .appetite, .lateCar, .otherPhases: return carDoes(kind, unit)
        case .frozenMeter, .lostMeter, .houseJump: return houseDoes(kind)
        case .kill, .powerCut, .stall, .sleep, .badStore: return hostFails(kind)
        case .limitChange, .budgetChange, .removal, .move: return reloads(kind, unit)
        }
        return true
    }

    private mutating func bad(_ kind: FaultKind, _ unit: Int) -> Bool {
        guard !weather[unit].isBad(now) else { return false }
        let until = now + time(random.happens(70) ? 1...60 : 60...600, &random)
        weather[unit].isUnreachable = kind == .dead && random.happens(40)
        if kind != .mute { weather[unit].deafUntil = until }
        if kind != .deaf { weather[unit].muteUntil = until }
        reachableSince[unit] = max(reachableSince[unit], until)
        log("\(boxes[unit].id) is \(kind) until \(Self.text(until))")
        return true
    }

    private mutating func boxFails(_ kind: FaultKind, _ unit: Int) -> Bool {
        guard !boxes[unit].isBooting else { return false }
        switch kind {
        case .disobedience:
            boxes[unit].ignoresUntil = now + time(5...180, &random)
            boxes[unit].showsWhatItIgnores = random.happens(50)
            log("\(boxes[unit].id) does not obey until \(Self.text(boxes[unit].ignoresUntil))")
        case .foreignWrite:
            let value = random.draw([0, 6000, 10_000, limits.boxes.isEmpty ? 0 : site.limits.boxes[unit].ability.rated])
            boxes[unit].overwrite(value, now, &random)
            log("somebody writes \(value) to \(boxes[unit].id)")
        default:
            // A box without a watchdog whose power-on value is not a stop is one that charges by itself.
            let until = now + time(1...40, &random)
            boxes[unit].reboot(until: until, now)
            reachableSince[unit] = max(reachableSince[unit], until)
            log("\(boxes[unit].id) begins anew, back at \(Self.text(until)) with \(site.traits[unit].powerOn)")
        }
        if boxes[unit].advance(to: now, &random) || boxes[unit].onSupply != counted[unit] { drawChanged(unit) }
        return true
    }

    // MARK: Cars

    private mutating func carDoes(_ kind: FaultKind, _ unit: Int) -> Bool {
        let setup = site.limits.boxes[unit]
        switch (kind, boxes[unit].car) {
        case (.plugged, nil):
            guard now - leftAt[unit] >= 30_000, !isTakenAway[unit] else { return false }
            var car = Self.car(setup, now, site, &random)
            if !isWatched(unit) {
                // Nobody can know of a car that comes while nobody watches: it uses no other phases than the one before,
                // unless its box has been silent for so long that all phases are booked.
                let phases = car.phases.intersection(lastPhases[unit])
                let isBooked =
                    isUp && now >= stallsUntil && now - silentSince[unit] > judge.chain(boxes[unit].node) + 15_000
                if site.isStrict, !isBooked, !lastPhases[unit].isEmpty {
                    car.phases = phases.isEmpty ? lastPhases[unit] : phases
                }
                cameUnwatched[unit] = true
            }
            boxes[unit].plug(car, now)
            log("\(boxes[unit].id): a car comes: \(boxes[unit].car?.phases.phases ?? []) \(boxes[unit].car?.want ?? 0)")
        case (.unplugged, .some(let car)):
            guard now - car.since >= 20_000 else { return false }
            boxes[unit].plug(nil, now)
            leftAt[unit] = now
            log("\(boxes[unit].id): the car goes")
        case (.appetite, .some(var car)):
            car.want = random.draw([0, 3000, 6500, 10_000, 16_000, 32_000])
            boxes[unit].car = car
            boxes[unit].schedule(now)
            log("\(boxes[unit].id): the car takes \(car.want)")
        case (.lateCar, .some):
            boxes[unit].carIgnoresUntil = now + time(5...90, &random)
            log("\(boxes[unit].id): the car does not follow until \(Self.text(boxes[unit].carIgnoresUntil))")
        case (.otherPhases, .some(var car)):
            car.phases = PhaseSet(first: random.draw(1...3)).intersection(setup.ability.terminals)
            boxes[unit].car = car
            log("\(boxes[unit].id): the car draws on \(car.phases.phases)")
            drawChanged(unit)
        default: return false
        }
        if boxes[unit].advance(to: now, &random) { drawChanged(unit) }
        if boxes[unit].onSupply != counted[unit] { drawChanged(unit) }
        return true
    }

    // MARK: The house

    private mutating func houseDoes(_ kind: FaultKind) -> Bool {
        let metered = meters.indices.filter { meters[$0] != nil }
        guard !metered.isEmpty else { return false }
        let node = random.draw(metered)
        switch kind {
        case .frozenMeter:
            let until = now + time(5...200, &random)
            meters[node]?.freeze(until: until, now)
            prolong(node, by: 62_000 + site.periodOfMeter(node))
            log("the meter of \(judge.names[node]) is frozen until \(Self.text(until))")
        case .lostMeter:
            let until = now + time(2...60, &random)
            let before = meters[node]?.lostUntil ?? 0
            meters[node]?.lostUntil = max(until, before)
            prolong(node, by: 11_000)
            log("the meter of \(judge.names[node]) is lost until \(Self.text(until))")
        default:
            let worst = site.worstHouse[node]
            let next = PhaseCurrents(random.draw(0...worst.l1), random.draw(0...worst.l2), random.draw(0...worst.l3))
            judge.change(node, by: next - house[node])
            house[node] = next
            var unseen = 0
            for place in limits.tree.path(from: node) {
                guard let meter = meters[place] else { continue }
                if now < meter.frozenUntil { unseen = max(unseen, 62_000 + meter.period) }
                if now < meter.lostUntil { unseen = max(unseen, 11_000) }
            }
            judge.cause(node, now, seenAfter: unseen)
            jumpedAt[node] = now
            log("the house on \(judge.names[node]) draws \(next)")
        }
        return true
    }

    /// A meter that cannot be seen hides for so long what happened just before.
    private mutating func prolong(_ node: Int, by time: Int) {
        for place in limits.tree.path(from: node) where judge.excusedUntil[place] >= now {
            judge.cause(place, now, seenAfter: time)
        }
    }

    /// What a meter showed is not stored: a host that starts while one is frozen has to find that anew, and till then does
    /// not know what the house did since.
    mutating func hideAgain() {
        for node in house.indices {
            let frozen = limits.tree.path(from: node).compactMap { meters[$0] }.filter {
                now < $0.frozenUntil && jumpedAt[node] >= $0.frozenSince
            }
            guard let slowest = frozen.map(\.period).max() else { continue }
            judge.cause(node, now, seenAfter: 62_000 + slowest)
        }
    }

    // MARK: The host

    private mutating func hostFails(_ kind: FaultKind) -> Bool {
        switch kind {
        case .kill, .powerCut:
            guard isUp else { return false }
            let isLong = random.happens(30)
            kill(for: time(isLong ? 30...400 : 1...30, &random), isMachine: kind == .powerCut)
        case .stall, .sleep:
            guard isUp, now >= stallsUntil else { return false }
            let length = time(random.happens(70) ? 1...15 : 15...150, &random)
            stallsUntil = now + length
            for unit in reachableSince.indices { reachableSince[unit] = max(reachableSince[unit], stallsUntil) }
            if kind == .sleep {
                clock.slept(length)
                sleptUntil = stallsUntil
            }
            log("the host stands still until \(Self.text(stallsUntil))\(kind == .sleep ? " with its clock" : "")")
        default:
            host.storeFails = random.happens(30)
            host.storeTakes = random.draw([0, 100, 300, 1000, 3000, 15_000])
            log("the store takes \(host.storeTakes) ms\(host.storeFails ? " and fails" : "")")
        }
        return true
    }

    // MARK: Reloading

    private mutating func reloads(_ kind: FaultKind, _ unit: Int) -> Bool {
        switch kind {
        case .limitChange:
            let node = random.draw(0...limits.tree.nodes.count - 1)
            var circuits = site.limits.tree.nodes
            circuits[node].limit = PhaseCurrents(each: circuits[node].limit.l1 * random.draw([60, 80, 100, 100]) / 100)
            guard let tree = try? CircuitTree(circuits) else { return false }
            limits.tree = tree
            judge.cause(node, now)
            judge.replace(limits)
            log("\(judge.names[node]) carries \(circuits[node].limit.l1)")
        case .budgetChange:
            budgets = random.happens(50) ? [PowerLimit(milliwatts: random.draw(1...boxes.count * 10) * 1_000_000)] : []
            log("budgets \(budgets.map(\.milliwatts))")
        case .removal:
            guard isNamed[unit], isUp else { return false }
            isNamed[unit] = false
            returnsAt[unit] = now + time(20...600, &random)
            log("\(boxes[unit].id) is removed")
        default:
            guard limits.tree.nodes.count > 1, isNamed[unit] else { return false }
            let node = random.draw(0...limits.tree.nodes.count - 1)
            judge.change(boxes[unit].node, by: .zero - counted[unit])
            boxes[unit].node = node
            judge.change(node, by: counted[unit])
            site.limits.boxes[unit].node = limits.tree.nodes[node].id
            judge.rewire(site)
            judge.cause(node, now)
            log("\(boxes[unit].id) is moved to \(judge.names[node])")
        }
        reload()
        return true
    }

    /// The host goes on with the site file as it is now.
    private mutating func reload() {
        limits.boxes = site.limits.boxes.indices.filter { isNamed[$0] }.map { site.limits.boxes[$0] }
    }
}

extension Simulation {
    /// Whether a running host has been in reach of the box for the time that it needs to lower others.
    func isWatched(_ unit: Int) -> Bool { isUp && now >= stallsUntil && drivers[unit].isOnline }
}

extension Site {
    func periodOfMeter(_ node: Int) -> Int { meterPeriods[node] ?? 0 }
}
