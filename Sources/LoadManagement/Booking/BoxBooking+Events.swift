extension BoxBooking {
    /// Books `value` milliamperes on `terminals` as ordered, and answers with the number of the order. 0 is a stop.
    ///
    /// It takes the place of an order that has not left: that one may not be sent any more.
    public mutating func order(_ value: Int, terminals: PhaseSet) -> Int {
        // A car that is let onto more phases than before may use them.
        if lastTold?.terminals != terminals { learning.forget() }
        lastNumber += 1
        told.removeAll { $0.progress == .ordered }
        mergeOpen()
        told.append(ToldValue(number: lastNumber, value: value, terminals: terminals, progress: .ordered))
        return lastNumber
    }

    /// Takes note of what happened.
    public mutating func apply(_ event: BookingEvent) {
        let rated = setup.ability.rated
        if case .measured = event { implausible = event.implausible(rated: rated) }
        switch event.held(rated: rated) {
        case .sent(let number, let at, let connection):
            if isSilent(at: at), hasFallenBack(at: at), hasObeyed { fallBack(before: number) }
            lastFrame = max(lastFrame ?? at, at)
            // One that was replaced before it left, and is sent all the same: nobody knows any more what it says.
            if !told.contains(where: { $0.number == number }) { addForeign(ability.rated) }
            update(number) { $0.progress = .sent(at, connection: connection) }
        case .answered(let number, let at):
            hear(at)
            update(number) {
                $0.progress = .answered(at)
                $0.wasAnswered = true
            }
            mustBeTold = false
            sleeping = nil
            refusedAt = nil
        case .refused(let number, let at):
            hear(at)
            update(number) { $0.progress = .refused(at) }
            refuse(number, at)
        case .unanswered(let number, let at):
            update(number) { value in
                guard case .sent(let sent, let connection) = value.progress else { return }
                value.progress = .unanswered(max(sent, at), connection: connection)
            }
        case .withdrawn(let number): told.removeAll { $0.number == number && $0.progress == .ordered }
        case .polled(let at):
            // Before a box may be told anything it has to be asked who it is, and that may wake what it was told before.
            if let sleeping, lastHeard == nil { addForeign(sleeping) }
            lastFrame = max(lastFrame ?? at, at)
        case .heard(let at): hear(at)
        case .readBack(let value, let at, let connection):
            hear(at)
            readBack(value, at: at, connection: connection)
        case .measured(let current, let at):
            hear(at)
            measure(current, at: at)
        case .phases(let terminals, let at):
            hear(at)
            let wired = terminals.intersection(ability.terminals)
            shown = wired.isEmpty ? nil : wired
        case .unplugged: learning.forget()
        case .lost: isLost = true
        case .restarted(let at): restart(at)
        }
    }

    /// It refuses an order. One that fell back may by that have woken what it holds; one that was to be lowered goes on with
    /// what it may be following, which others have to make room for until it is asked again.
    private mutating func refuse(_ number: Int, _ at: Moment) {
        if mustBeTold, let sleeping { addForeign(sleeping) }
        guard let value = told.last(where: { $0.number == number })?.value else { return }
        if told.contains(where: { $0.value > value && !$0.isOver(at: at) }) { refusedAt = at }
    }

    /// Keeps of many orders that are open in the same way the largest alone, so that a box that answers and never confirms
    /// does not gather them without end. It is replaced by whatever replaces all of them.
    private mutating func mergeOpen() {
        guard told.count >= Self.openAtMost, let last = told.last else { return }
        var merged: [ToldValue] = []
        for value in told.dropLast() {
            let twin = merged.firstIndex { $0.mayStandFor(value) }
            guard let twin else {
                merged.append(value)
                continue
            }
            merged[twin] = merged[twin].standing(for: value)
        }
        told = merged + [last]
    }

    private static let openAtMost = 12
    /// How long a box that refused to be lowered is taken to go on before it is asked again, and one that was read to go on
    /// without being read again.
    private static let refusal: Span = 30 * second

    /// Goes on as `setup` says.
    mutating func adopt(_ setup: BoxSetup, _ tree: CircuitTree, at now: Moment) {
        // What it drew elsewhere says nothing of what its new circuit carries.
        if self.setup.node != setup.node { draw = DrawRecord() }
        if self.setup != setup { self.setup = setup }
        place = tree.index(of: setup.node, near: place ?? .max)
        isLeaving = false
        prune(at: now)
    }

    /// Forgets the values whose time is over.
    public mutating func prune(at now: Moment) {
        // While nobody can see it another car may come, which uses other phases.
        if isSilent(at: now) { learning.forget() }
        if told.contains(where: { $0.isOver(at: now) }) { told.removeAll { $0.isOver(at: now) } }
        if let excess, now - excess.lastSeen >= 60 * second, !hasForeign {
            self.excess = nil
        }
        if let refusedAt, now - refusedAt >= Self.refusal { self.refusedAt = nil }
        if let ignoredAt, now - ignoredAt >= Self.refusal { self.ignoredAt = nil }
    }

    /// Books a value that we did not tell, until an order that is yet to come replaces it.
    mutating func addForeign(_ value: Int) {
        told.removeAll { $0.isForeign && $0.value <= value }
        told.insert(
            ToldValue(value: value, terminals: ability.terminals, progress: .foreign(after: lastNumber)), at: 0)
    }

    /// The box follows its fall-back, and the next thing it hears is the order `number`: what it was told before is over.
    private mutating func fallBack(before number: Int) {
        sleeping = told.filter { ($0.number ?? 0) < number }.map(\.value).reduce(sleeping ?? 0, max)
        told.removeAll { ($0.number ?? 0) < number }
        mustBeTold = true
        guard let watchdog = ability.watchdog else { return }
        told.insert(
            ToldValue(
                value: watchdog.fallback, terminals: ability.terminals, progress: .foreign(after: number - 1)), at: 0)
    }

    private mutating func update(_ number: Int, _ change: (inout ToldValue) -> Void) {
        guard let place = told.lastIndex(where: { $0.number == number }), !told[place].isConfirmed else { return }
        change(&told[place])
    }

    private mutating func hear(_ at: Moment) {
        if let watchdog = ability.watchdog, let lastHeard,
            isLost || at - lastHeard >= max(0, watchdog.timeout - watchdog.margin)
        {
            // It may have fallen back meanwhile, and stays there until it is told anew. After a loss also sooner: a box that
            // only orders keep going may have heard the last one long before it was last heard.
            addForeign(watchdog.fallback)
        }
        lastHeard = max(lastHeard ?? at, at)
        isLost = false
    }

    /// Nothing is known of what happened while nobody watched: every stored value is open again, the box counts as silent
    /// until it is heard, and may have heard a frame just now.
    private mutating func restart(_ at: Moment) {
        for place in told.indices where !told[place].isForeign {
            told[place].progress = .unanswered(at, connection: Int.min)
        }
        for place in told.indices where told[place].bookedUntil != nil {
            told[place].bookedUntil = at + ability.pacing + ability.carTime
        }
        // Nobody knows for how long nobody watched: it may have fallen back.
        if let watchdog = ability.watchdog, hasObeyed { addForeign(watchdog.fallback) }
        lastFrame = at
        lastHeard = nil
        isLost = false
        refusedAt = nil
        ignoredAt = nil
        draw = DrawRecord()
        learning.forget()
        excess?.lastSeen = at
    }
}
