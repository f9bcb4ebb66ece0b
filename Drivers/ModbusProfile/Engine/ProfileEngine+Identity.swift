import DeviceProfiles
import DriverAPI
import ReadPlanning

extension ProfileEngine {
    /// Scores the rules of the profile: below `ask_installer_from` it is another make, which is read no further and
    /// never written.
    func identify(_ reader: IdentityReader) async throws(DriverError) {
        guard let rules = source.profile.identify else {
            connection.identity = .fits
            return
        }
        var score = 0
        for rule in rules.rules {
            let words = try await reader.words(of: rule.request, with: self)
            if rule.holds(for: words) { score += rule.score }
        }
        score = min(max(score, 0), 100)
        connection.score = score
        let needed = min(rules.askInstallerFrom, rules.accept)
        guard score >= needed else {
            connection.identity = .mismatch(score: score, needed: needed)
            let text = "\(connection.identity)"
            contact.mismatch(at: clock.now, text)
            assertion.suspend()
            board.goOffline()
            throw .mismatch(text)
        }
        connection.identity = .fits
    }

    /// Compares who answers with who answered before, and stores it if it is the same or new here.
    func compareIdentity(_ facts: [String: Value]) async {
        board.identityReadings = [:]
        var names: [String: String] = [:]
        for name in EngineStore.identityNames {
            if let fact = facts[name] {
                names[name] = fact.plainText
                if board.position(name) == nil {
                    board.identityReadings[name] = Reading(point: name, value: fact, quality: .good, time: clock.now)
                }
            } else if let position = board.position(name), board.quality(of: position) == .good {
                names[name] = board.states[position].value?.plainText
            }
        }
        let stored = await store.identity()
        let expected = connection.names
        connection.names = names
        if let known = stored["serial"], let found = names["serial"], known != found {
            connection.identity = .otherSerial(known: known, found: found)
            assertion.suspend()
            alarm("\(connection.identity)")
        } else if names != stored {
            do throws(DriverError) {
                try await store.setIdentity(stored.merging(names) { $1 })
            } catch {
                log(.warning, "\(current.id): the identity of the device could not be stored: \(error)")
            }
        }
        if let known = stored["firmware"], let found = names["firmware"], known != found {
            log(.info, "\(current.id): firmware \(found) in place of \(known); what was learned is forgotten")
        }
        if names != expected { await recallLearned() }
    }

    /// Takes over what is known of the device that these facts lead to expect, before its points are read.
    func recallLearned(expecting facts: [String: Value]) async {
        connection.names = await store.identity()
        for name in EngineStore.identityNames { facts[name].map { connection.names[name] = $0.description } }
        await recallLearned()
    }

    /// Takes over what is known of this device under this profile and firmware.
    private func recallLearned() async {
        let known = await store.learned(current, identity: connection.names)
        plans.learn(under: current.modbus.constraints, from: known)
    }

    /// Accepts the device found in place of the one known: what was told to that one does not hold for it.
    public func confirmIdentity() async throws(DriverError) {
        guard case .otherSerial = connection.identity else { return }
        try await store.setIdentity(connection.names)
        connection.identity = .fits
        charge.asserted = nil
    }

    /// Why nothing may be written at all; nil when it may.
    var writeBar: DriverError? {
        switch connection.identity {
        case .fits: nil
        case .unknown, .otherSerial: .refused("\(connection.identity)")
        case .mismatch: .mismatch("\(connection.identity)")
        }
    }
}

extension Identification.Rule {
    /// Whether the answer is what the rule asks for; `words` is nil when the read was refused.
    public func holds(for words: [UInt16]?) -> Bool {
        if case .answers(let wanted, _) = test { return (words != nil) == wanted }
        guard let words else { return false }
        switch test {
        case .words(let pattern):
            return words.count >= pattern.count && zip(words, pattern).allSatisfy { $1 == nil || $0 == $1 }
        case .text(let text, let count): return Self.text(words.prefix(count)) == text
        case .textStarts(let text, let count): return Self.text(words.prefix(count))?.hasPrefix(text) ?? false
        case .equals(let number, let place): return Self.number(words, place) == number
        case .range(let range, let place): return Self.number(words, place).map(range.contains) ?? false
        case .answers: return false
        }
    }

    private static func text(_ words: some Collection<UInt16>) -> String? {
        let place = ReadPlace(table: .holding, address: 0, type: .ascii, words: words.count)
        guard case .text(let text) = place.raw(from: words) else { return nil }
        return text
    }

    private static func number(_ words: [UInt16], _ place: ReadPlace) -> Exact? {
        switch place.raw(from: words.prefix(place.words)) {
        case .integer(let number): Exact(integer: number)
        case .float(let number): number
        default: nil
        }
    }
}
