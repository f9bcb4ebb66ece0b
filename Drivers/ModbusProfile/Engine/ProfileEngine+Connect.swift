import DeviceProfiles
import DriverAPI
import ReadPlanning

extension ProfileEngine {
    /// Reads facts, applies variants, checks the identity, finds out presence and reads the static points.
    ///
    /// Throws ``DriverError/unreachable(_:)``, ``DriverError/mismatch(_:)`` or ``DriverError/closed``.
    public func connect() async throws(DriverError) {
        if connection.isClosed { throw .closed }
        connection.isSetUp = false
        connection.hasAnswered = false
        charge.asserted = nil
        let reader = IdentityReader(constraints: source.profile.modbus.constraints)
        let facts = try await readFacts(reader)
        rebuild(facts: facts)
        try await identify(reader)
        board.scheduleAll()
        board.decidePresence()
        await recallLearned(expecting: facts)
        try await probePresence()
        try await readForPresence()
        try await expectAnswer()
        await compareIdentity(facts)
        await loadWear()
        connection.epoch = link.connectionEpoch
        connection.isSetUp = true
        connection.preparation = current.initWrites.isEmpty ? .done : .needed
        connection.nextPreparation = .zero
        connection.sawRestart = false
        life.reconnected()
        contact.succeed()
        board.settle()
        reportContact()
    }

    /// Makes the board anew from the profile with the variants that hold for these facts.
    private func rebuild(facts: [String: Value]) {
        current = source.applied(options: options, facts: facts)
        unit = configuration.unit ?? current.link.defaultUnit
        let fresh = PointBoard(current, options: options, facts: facts)
        fresh.inherit(board)
        board = fresh
        board.now = clock.now
        showTold()
        plans.learn(under: current.modbus.constraints, from: LearnedMap())
    }

    // MARK: Facts

    private func readFacts(_ reader: IdentityReader) async throws(DriverError) -> [String: Value] {
        var facts: [String: Value] = [:]
        for fact in source.profile.identify?.facts ?? [] {
            guard let place = fact.place, let request = reader.request(for: place) else { continue }
            guard let words = try await reader.words(of: request, with: self) else { continue }
            let offset = place.address - Int(request.address)
            guard words.count >= offset + place.words else { continue }
            let scope = ConstantScope(options: options, facts: facts)
            let decoded = fact.decode(Array(words[offset..<offset + place.words]), in: scope)
            if decoded.quality == .good { facts[fact.name] = decoded.value }
        }
        return facts
    }

    // MARK: Presence

    /// How long after a probe without an answer the next is made.
    private static let probePause = Duration.seconds(600)

    /// Points with `present: probe` are read alone once: refused means absent until the next connection; no answer is the
    /// point's silence, not the device's, and it is tried again later.
    func probePresence() async throws(DriverError) {
        connection.nextPresenceProbe = nil
        for position in board.conditional
        where board.points[position].definition.presence == .probe && board.states[position].presence == .unknown {
            board.states[position].presence = .present
            for read in plans.round(board.items(of: [position]), board: board).reads {
                switch await fetch(read.request, endures: true) {
                case .words(let words, let time): board.take(words, of: read, at: time, roundAt: time)
                case .refused: board.setAbsent(position)
                case .failed, .closed:
                    board.states[position].presence = .unknown
                    connection.nextPresenceProbe = clock.now.advanced(by: ProfileEngine.probePause)
                case .lost(let why): throw lost(why)
                }
            }
        }
    }

    /// Reads the static points and those that presence depends on, until nothing new becomes readable.
    private func readForPresence() async throws(DriverError) {
        let needed = board.points.flatMap(\.presenceInputs)
        let fixed = board.points.indices.filter { board.points[$0].definition.poll == .static }
        try await readEach(needed + fixed)
    }

    /// Where nothing had to be read so far, one point shows whether the device answers at all.
    private func expectAnswer() async throws(DriverError) {
        guard !connection.hasAnswered, let point = cheapestPoint else { return }
        guard await readNow([point]) else { throw lost() }
        board.states[point].nextDue = .zero
    }

    /// The error for a device that fell silent.
    func lost(_ why: String? = nil) -> DriverError {
        if connection.isClosed { return .closed }
        if case .silent(_, let reason) = contact.state { return .unreachable("the device does not answer: \(reason)") }
        return .unreachable("the device does not answer\(why.map { ": " + $0 } ?? "")")
    }
}
