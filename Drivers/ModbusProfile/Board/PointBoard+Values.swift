import DeviceProfiles
import DriverAPI

extension PointBoard {
    /// Takes the words of an answer that arrived at `time`, in the round that began at `start`.
    func take(_ words: [UInt16], of read: PlannedRead, at time: MonotonicTime, roundAt start: MonotonicTime) {
        now = time
        for member in read.members {
            let state = states[member.point]
            guard state.isReadable else { continue }
            let unchanged = state.absorb(words, member)
            if state.filled < state.words.count { continue }
            state.filled = 0
            decode(member.point, state, unchanged: unchanged && member.count == state.words.count)
            state.hasAnswered = true
            reschedule(member.point, roundAt: start)
        }
    }

    /// Turns the words of a point into its value.
    private func decode(_ position: Int, _ state: PointState, unchanged: Bool) {
        let point = points[position]
        let decoded: DecodedValue
        if unchanged, point.isPure, let known = state.decoded {
            decoded = known
        } else {
            decoded = point.decoder.decode(state.words[...], in: self)
            state.decoded = decoded
        }
        state.readAt = now
        if state.isFrozen { return }
        take(state.filtered(decoded, in: self), at: position, state, time: now)
    }

    /// Takes a value as it came out of decoding or deriving.
    private func take(_ decoded: DecodedValue, at position: Int, _ state: PointState, time: MonotonicTime) {
        if decoded.quality == .good, let value = decoded.value, state.lastGood != value {
            if state.lastGood != nil { noteChange(of: position) }
            state.lastGood = value
        }
        state.value = decoded.value
        state.quality = decoded.quality
        state.reason = decoded.reason
        state.time = time
        state.isRenewed = true
        hasRenewed = true
    }

    /// A good value differs from the good one before: what is read on its change is due in the next round.
    private func noteChange(of position: Int) {
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
            guard inputs.isEmpty || inputs.contains(where: { states[$0].isRenewed }) else { continue }
            let decoded = points[position].decoder.evaluateDerived(in: self)
            let state = states[position]
            state.decoded = decoded
            state.readAt = decoded.time ?? now
            if !state.isFrozen { take(decoded, at: position, state, time: decoded.time ?? now) }
        }
        for position in conditional { decidePresence(of: position) }
    }

    /// Decides what can be decided of the presence of points before anything is read.
    func decidePresence() {
        for position in conditional { decidePresence(of: position) }
    }

    /// A reading that grew stale is news.
    private func noteAges() {
        for position in points.indices {
            let state = states[position]
            guard !state.isRenewed, let reported = state.reported, reported != quality(of: position) else { continue }
            mark(position)
        }
    }

    private func decidePresence(of position: Int) {
        guard case .when(let condition) = points[position].definition.presence else { return }
        let inputs = points[position].presenceInputs
        guard states[position].presence == .unknown || inputs.contains(where: { states[$0].isRenewed }) else { return }
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
        for position in points.indices {
            let state = states[position]
            guard state.isRenewed else { continue }
            state.isRenewed = false
            if points[position].isWriteOnly { continue }
            let reading = reading(of: position)
            noteReported(reading.quality, position, state)
            readings.append(reading)
            if position == statePosition, let stateReason { readings.append(stateReason) }
        }
        hasRenewed = false
        return readings
    }

    /// A point that came or went, and one that the abilities of the box depend on, make the description old.
    private func noteReported(_ quality: Quality, _ position: Int, _ state: PointState) {
        if points[position].isDescriptive || (quality == .absent) != (state.reported == .absent) {
            isDescriptionOld = true
        }
        state.reported = quality
    }
}

extension PointState {
    /// Copies what an answer brings of the point's words; whether they are the same as before.
    fileprivate func absorb(_ answer: [UInt16], _ member: PlannedRead.Member) -> Bool {
        filled += member.count
        var same = true
        for offset in 0..<member.count where words[member.start + offset] != answer[member.offset + offset] {
            words[member.start + offset] = answer[member.offset + offset]
            same = false
        }
        return same
    }
}
