import DeviceProfiles
import DriverAPI

extension PointBoard {
    /// Takes the words of an answer that arrived at `time`, in the round that began at `start`.
    func take(_ words: [UInt16], of read: PlannedRead, at time: MonotonicTime, roundAt start: MonotonicTime) {
        now = time
        for member in read.members where states[member.point].isReadable {
            let unchanged = store(words, member)
            let needed = states[member.point].words.count
            if member.count < needed {
                states[member.point].filled += member.count
                if states[member.point].filled < needed { continue }
                states[member.point].filled = 0
            }
            states[member.point].hasAnswered = true
            decode(member.point, unchanged: unchanged && member.count == needed)
            reschedule(member.point, roundAt: start)
        }
    }

    /// Copies a member's words; whether they are the same as before.
    private func store(_ words: [UInt16], _ member: PlannedRead.Member) -> Bool {
        var same = true
        for offset in 0..<member.count {
            let word = words[member.offset + offset]
            if states[member.point].words[member.start + offset] != word {
                states[member.point].words[member.start + offset] = word
                same = false
            }
        }
        return same
    }

    /// Turns the words of a point into its value.
    private func decode(_ position: Int, unchanged: Bool) {
        let point = points[position]
        let decoded: DecodedValue
        if unchanged, point.isPure, let known = states[position].decoded {
            decoded = known
        } else {
            decoded = point.decoder.decode(states[position].words[...], in: self)
            states[position].decoded = decoded
        }
        if states[position].isFrozen { return }
        if states[position].filter == nil {
            take(decoded, at: position, time: now)
        } else if let filtered = states[position].filter?.filter(decoded, in: self) {
            take(filtered, at: position, time: now)
        }
    }

    /// Takes a value as it came out of decoding or deriving.
    private func take(_ decoded: DecodedValue, at position: Int, time: MonotonicTime) {
        if decoded.quality == .good, let value = decoded.value {
            if states[position].lastGood != value { noteChange(of: position) }
            states[position].lastGood = value
        }
        states[position].value = decoded.value
        states[position].quality = decoded.quality
        states[position].reason = decoded.reason
        states[position].time = time
        mark(position)
    }

    /// A good value differs from the good one before: what is read on its change is due in the next round.
    private func noteChange(of position: Int) {
        guard states[position].lastGood != nil else { return }
        for dependent in triggered where points[dependent].trigger == position {
            states[dependent].nextDue = now
        }
    }

    /// Brings derived values, presence and ages up to date with what was read.
    func settle() {
        noteAges()
        guard hasRenewed else { return }
        for position in derived {
            let inputs = points[position].inputs
            guard inputs.isEmpty || inputs.contains(where: { renewed[$0] }) else { continue }
            let decoded = points[position].decoder.evaluateDerived(in: self)
            states[position].decoded = decoded
            if !states[position].isFrozen { take(decoded, at: position, time: decoded.time ?? now) }
        }
        for position in conditional { decidePresence(of: position) }
    }

    /// Decides what can be decided of the presence of points before anything is read.
    func decidePresence() {
        for position in conditional { decidePresence(of: position) }
    }

    /// A reading that grew stale is news.
    private func noteAges() {
        for position in points.indices where states[position].reported.map({ $0 != quality(of: position) }) ?? false {
            mark(position)
        }
    }

    private func decidePresence(of position: Int) {
        guard case .when(let condition) = points[position].definition.presence else { return }
        let inputs = points[position].presenceInputs
        guard states[position].presence == .unknown || inputs.contains(where: { renewed[$0] }) else { return }
        let before = states[position].presence
        switch condition.evaluate(in: self).value {
        case .bool(true): states[position].presence = .present
        case .bool(false): setAbsent(position)
        default: if inputs.contains(where: { quality(of: $0) == .absent }) { setAbsent(position) }
        }
        guard states[position].presence != before else { return }
        mark(position)
        if states[position].presence == .present, points[position].place != nil,
            points[position].definition.poll != .onDemand
        {
            states[position].nextDue = .zero
        }
    }

    /// The device does not have the point.
    func setAbsent(_ position: Int) {
        states[position].presence = .absent
        states[position].value = nil
        mark(position)
    }

    /// The readings that are new since the last call.
    func takeRenewed() -> [Reading] {
        guard hasRenewed else { return [] }
        var readings: [Reading] = []
        readings.reserveCapacity(points.count + 1)
        for position in points.indices where renewed[position] {
            renewed[position] = false
            guard !points[position].isWriteOnly else { continue }
            let reading = reading(of: position)
            states[position].reported = reading.quality
            readings.append(reading)
            if position == statePosition, let stateReason { readings.append(stateReason) }
        }
        hasRenewed = false
        return readings
    }
}
