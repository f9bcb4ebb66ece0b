import LoadManagement

extension Simulation {
    /// One line: what arrives, what is answered, what runs out, and what is sent next.
    mutating func exchange(_ line: Int) {
        deliver(line)
        if var exchange = buses[line].open {
            if let arrives = exchange.arrives, arrives <= now {
                exchange.arrives = nil
                arrive(&exchange)
                buses[line].open = exchange
            }
            if exchange.arrives == nil, let answers = exchange.answers, answers <= now {
                buses[line].open = nil
                buses[line].attempt = 0
                answered(exchange, line)
            } else if exchange.endsAt <= now {
                buses[line].open = nil
                runOut(exchange, line)
            }
        }
        if buses[line].open == nil { send(line) }
        plan(line)
    }

    private mutating func plan(_ line: Int) {
        var next = buses[line].late.reduce(Int.max) { min($0, $1.arrives ?? .max) }
        if let open = buses[line].open {
            next = min(next, open.arrives ?? open.answers ?? .max, open.endsAt)
        } else {
            for unit in buses[line].units where isOpen[unit] { next = min(next, drivers[unit].due(site.traits[unit])) }
        }
        buses[line].next = max(next, now + Self.step)
    }

    /// What is on its way arrives also while the host is down or stands still.
    mutating func deliverAlone() {
        for line in buses.indices {
            deliver(line)
            guard var exchange = buses[line].open, let arrives = exchange.arrives, arrives <= now else { continue }
            exchange.arrives = nil
            arrive(&exchange)
            buses[line].open = exchange
        }
    }

    private mutating func deliver(_ line: Int) {
        guard !buses[line].late.isEmpty else { return }
        let due = buses[line].late.filter { ($0.arrives ?? 0) <= now }
        buses[line].late.removeAll { ($0.arrives ?? 0) <= now }
        for var exchange in due {
            log("late: \(exchange.purpose) of \(Self.text(exchange.sent)) arrives at \(boxes[exchange.unit].id)")
            arrive(&exchange)
        }
    }

    private mutating func arrive(_ exchange: inout Exchange) {
        let unit = exchange.unit
        guard now >= weather[unit].deafUntil, !boxes[unit].isBooting else {
            exchange.answers = nil
            return
        }
        let hadFallenBack = boxes[unit].hasFallenBack
        boxes[unit].hear(exchange.isRefused ? nil : exchange.value, now, &random)
        let isQuestion = exchange.value == nil && !drivers[unit].wasReached
        if hadFallenBack, !boxes[unit].hasFallenBack, isQuestion || exchange.isRefused {
            // Who it is has to be asked before it may be told anything, and that question wakes what it holds; so does an
            // order that it refuses.
            judge.excuse(boxes[unit].node, until: now + judge.chain(boxes[unit].node))
            isWoken[unit] = isWoken[unit] || exchange.isRefused
        } else if isWoken[unit], exchange.value != nil, !exchange.isRefused {
            isWoken[unit] = false
            judge.excuse(boxes[unit].node, until: now + boxes[unit].traits.pacing + LawfulCurrent.carTime)
        }
        if let value = exchange.value { log("\(boxes[unit].id) \(exchange.isRefused ? "refuses" : "hears") \(value)") }
        if boxes[unit].advance(to: now, &random) { drawChanged(unit) }
        exchange.register = boxes[unit].register
        exchange.drawn = boxes[unit].atTerminals
        exchange.state = boxes[unit].state
        if now < weather[unit].muteUntil { exchange.answers = nil }
    }

    private mutating func send(_ line: Int) {
        let units = buses[line].units
        // Orders go before questions; then everybody in turn.
        var chosen: (unit: Int, purpose: Exchange.Purpose)?
        let first = units.firstIndex {
            isOpen[$0] && drivers[$0].waiting != nil && drivers[$0].due(site.traits[$0]) <= now
        }
        for offset in units.indices {
            let place = ((first ?? buses[line].turn) + offset) % units.count
            let unit = units[place]
            guard isOpen[unit], drivers[unit].due(site.traits[unit]) <= now,
                let purpose = drivers[unit].next(now, site.traits[unit])
            else { continue }
            chosen = (unit, purpose)
            if first == nil { buses[line].turn = (place + 1) % units.count }
            break
        }
        guard let chosen else { return }
        begin(chosen.purpose, of: chosen.unit, line)
    }

    mutating func begin(_ purpose: Exchange.Purpose, of unit: Int, _ line: Int) {
        var exchange = Exchange(unit: unit, purpose: purpose, sent: now, endsAt: now + buses[line].timeout)
        let latency = buses[line].latency
        drivers[unit].lastFrame = now
        exchange.arrives = now + random.draw(0...latency / 100) * 100
        exchange.answers = (exchange.arrives ?? now) + random.draw(0...latency / 100) * 100
        if let value = exchange.value { log("to \(boxes[unit].id): \(value) (\(purpose))") }
        if weather[unit].isUnreachable, now < weather[unit].deafUntil {
            exchange.arrives = nil
            exchange.answers = nil
        } else if weather[unit].loses > 0 {
            weather[unit].loses -= 1
            exchange.arrives = nil
            exchange.answers = nil
        } else if weather[unit].losesAnswers > 0 {
            weather[unit].losesAnswers -= 1
            exchange.answers = nil
        } else if weather[unit].delays > 0 {
            weather[unit].delays -= 1
            // Without a gateway a frame is on its way for 2 s at most: the margin of a watchdog is 7 s, the car takes 5 s.
            let most = buses[line].queueTime > 0 ? buses[line].queueTime : max(2000, buses[line].timeout)
            exchange.arrives = now + random.draw(buses[line].timeout / 100...most / 100) * 100
            exchange.answers = nil
            buses[line].late.append(exchange)
            exchange.arrives = nil
        }
        if exchange.value != nil, weather[unit].refuses > 0 {
            weather[unit].refuses -= 1
            exchange.isRefused = true
        }
        buses[line].open = exchange
    }

    private mutating func answered(_ exchange: Exchange, _ line: Int) {
        let unit = exchange.unit
        let traits = site.traits[unit]
        switch exchange.purpose {
        case .poll:
            drivers[unit].polled(exchange, now, traits)
            drivers[unit].polls(now)
        case .repeated(let value):
            if exchange.isRefused {
                drivers[unit].answered(now)
            } else {
                drivers[unit].acknowledge(value, now)
                drivers[unit].wrote(value, now)
            }
        case .sign(let value):
            if exchange.isRefused { drivers[unit].answered(now) } else { drivers[unit].acknowledge(value, now) }
        case .write(let number, let value):
            if exchange.isRefused {
                drivers[unit].answered(now)
                drivers[unit].report(number, .refused, now)
                // A box that refuses cannot be lowered, as one that cannot be reached.
                reachableSince[unit] = max(reachableSince[unit], now)
                log("\(boxes[unit].id) refuses #\(number)")
            } else if traits.isReadBack {
                drivers[unit].acknowledge(value, now)
                begin(.verify(number: number, value: value, until: now + 3000), of: unit, line)
            } else {
                drivers[unit].acknowledge(value, now)
                drivers[unit].wrote(value, now)
                finish(unit, number, .done(proven: value))
            }
        case .verify(let number, let value, let until):
            drivers[unit].verified(exchange, now)
            if exchange.register == value {
                drivers[unit].wrote(value, now)
                finish(unit, number, .done(proven: value))
            } else if let waiting = drivers[unit].waiting, drivers[unit].isLowering(waiting.value) {
                drivers[unit].report(number, .unanswered, now)
            } else if now >= until {
                finish(unit, number, .notVerified)
            } else {
                begin(exchange.purpose, of: unit, line)
            }
        }
    }

    private mutating func finish(_ unit: Int, _ number: Int, _ end: OrderEnd) {
        drivers[unit].report(number, end, now)
        guard weather[unit].doubles > 0 else { return }
        weather[unit].doubles -= 1
        note(.answerDoubled)
        drivers[unit].report(number, end, now)
    }

    private mutating func runOut(_ exchange: Exchange, _ line: Int) {
        let unit = exchange.unit
        if buses[line].attempt < buses[line].retries, drivers[unit].failures == 0 {
            buses[line].attempt += 1
            begin(exchange.purpose, of: unit, line)
            return
        }
        buses[line].attempt = 0
        let command: Driver.Command? =
            switch exchange.purpose {
            case .write(let number, let value), .verify(let number, let value, _):
                Driver.Command(number: number, value: value)
            case .poll, .repeated, .sign: nil
            }
        let mayHaveHeard = !(weather[unit].isUnreachable && now < weather[unit].deafUntil)
        drivers[unit].fellSilent(now, mayHaveHeard: mayHaveHeard, lost: command, site.traits[unit])
        log("\(boxes[unit].id) does not answer; asked again at \(Self.text(drivers[unit].nextProbe))")
    }
}
