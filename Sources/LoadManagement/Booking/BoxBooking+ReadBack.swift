extension BoxBooking {
    /// A value read back confirms the newest order it is equal to, and what that replaced runs out.
    mutating func readBack(_ value: Int, at: Moment, connection: Int) {
        if told.count == 1, told[0].number != nil, told[0].isConfirmed, isSame(told[0].value, value) {
            return confirmAgain()
        }
        let settled = told.indices.filter {
            told[$0].isSettled(by: at, connection: connection, queueTime: ability.queueTime)
        }
        noteWhetherIgnored(value, settled, at)
        if let place = settled.last(where: { told[$0].number != nil && isSame(told[$0].value, value) }) {
            confirm(place, replacing: settled, at: at)
            return
        }
        let most = told.map(\.value).max() ?? 0
        if value > most && !isSame(value, most) || settled.contains(where: { isForeign($0, value) }) {
            overwritten(by: value, at: at)
        }
    }

    /// A box that answers an order and then reads more than that says goes on with what it may be following: others have
    /// to make room for it until it reads as it was told.
    private mutating func noteWhetherIgnored(_ value: Int, _ settled: [Int], _ at: Moment) {
        guard let last = settled.last(where: { told[$0].number != nil }), told[last].number == lastTold?.number else {
            return
        }
        if isSame(told[last].value, value) {
            ignoredAt = nil
        } else if case .answered = told[last].progress, value > told[last].value {
            ignoredAt = at
        }
    }

    private func isSame(_ a: Int, _ b: Int) -> Bool { abs(a - b) * 2 < ability.step || a == b }

    private func isForeign(_ place: Int, _ value: Int) -> Bool {
        excess != nil && told[place].isForeign && isSame(told[place].value, value)
    }

    /// The only value there is reads as it did before.
    private mutating func confirmAgain() {
        if told[0].bookedUntil != nil { told[0].bookedUntil = nil }
        ignoredAt = nil
        hasObeyed = true
    }

    private mutating func confirm(_ place: Int, replacing settled: [Int], at: Moment) {
        if !told[place].isConfirmed { told[place].progress = .confirmed(at) }
        told[place].bookedUntil = nil
        hasObeyed = true
        let replaced = settled.filter { $0 != place && told[$0].isReplaced(by: told[place]) }
        // A car that has long drawn less by itself, though it was offered more, has nothing to follow; only the box has.
        let limitsItself =
            draw.hasStayed(within: told[place].value, before: at)
            && replaced.allSatisfy { told[$0].hasLasted(before: at) || told[$0].bookedUntil != nil }
        let over = at + ability.pacing + (limitsItself ? 0 : ability.carTime)
        for other in replaced { told[other].bookedUntil = told[other].bookedUntil ?? over }
    }

    /// Somebody else wrote a larger value: what we told is no longer in force.
    private mutating func overwritten(by value: Int, at: Moment) {
        let isObeyed = excess.map { lastNumber <= $0.orderBefore } ?? true
        let isAnswered = lastTold.map { $0.isSettled(by: at, connection: .max, queueTime: 0) } ?? false
        // What was seen before the last order was answered says nothing against that order.
        if isAnswered || !told.contains(where: { $0.isForeign && $0.value >= value }) { addForeign(value) }
        for place in told.indices {
            if case .confirmed(let moment) = told[place].progress { told[place].progress = .answered(moment) }
        }
        exceed(.zero, at: at, isDisobedient: !isObeyed && isAnswered)
    }

    mutating func exceed(_ drawn: PhaseCurrents, at: Moment, isDisobedient: Bool) {
        var next = excess ?? Excess(drawn: .zero, orderBefore: lastNumber, lastSeen: at, isDisobedient: false)
        if drawn != .zero { next.drawn = drawn }
        next.lastSeen = at
        next.isDisobedient = next.isDisobedient || isDisobedient
        excess = next
    }
}
