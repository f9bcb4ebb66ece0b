import LoadManagement

/// A circuit's meter. Times are milliseconds, currents milliamperes.
struct MeterModel {
    let circuit: String
    let period: Int
    var next = 0
    var lostUntil = 0
    private(set) var frozenUntil = 0
    private(set) var frozenSince = 0
    private var shown = PhaseCurrents.zero
    private var words: UInt64 = 0
    private var counter: Int64 = 0

    init(circuit: String, period: Int) {
        self.circuit = circuit
        self.period = period
    }

    /// It gives the same words until then.
    mutating func freeze(until end: Int, _ now: Int) {
        if now >= frozenUntil { frozenSince = now }
        frozenUntil = max(end, frozenUntil)
    }

    /// Whether it shows what flows.
    func isSeeing(_ now: Int) -> Bool { now >= frozenUntil && now >= lostUntil }

    /// What it answers with when `current` flows.
    mutating func read(_ current: PhaseCurrents, _ now: Int, at moment: Moment) -> MeterSample {
        if now >= frozenUntil {
            let isLoaded = current.largest > 0 || current.smallest < 0
            // A living meter under load never shows quite the same twice.
            if isLoaded || shown != current { words &+= 1 }
            if isLoaded { counter += 1 }
            shown = current
        }
        return MeterSample(at: moment, current: shown, counter: counter, words: words)
    }
}
