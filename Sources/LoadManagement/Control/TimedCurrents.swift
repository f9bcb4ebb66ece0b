/// Currents of a circuit, in milliamperes, and when they held.
struct TimedCurrents: Hashable, Codable, Sendable {
    var at: Moment
    var currents: PhaseCurrents
}

/// What is known of a circuit from the last samples of its meter: all of the last 8 s and the one before those, if it is not
/// too old, so that there are two of a slow meter as well.
extension [TimedCurrents] {
    /// The largest of them on every phase.
    var largest: PhaseCurrents { dropFirst().reduce(first?.currents ?? .zero) { $0.maximum($1.currents) } }

    /// Adds what is known of a sample that is not older than the others; answers with the largest.
    mutating func note(_ currents: PhaseCurrents, at moment: Moment) -> PhaseCurrents {
        if last?.at == moment { removeLast() }
        append(TimedCurrents(at: moment, currents: currents))
        while count > 1, moment - self[0].at > 2 * BaseLoad.stale || moment - self[1].at >= BaseLoad.doubt {
            removeFirst()
        }
        return largest
    }
}
