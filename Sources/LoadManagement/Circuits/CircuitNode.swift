/// One circuit: what a fuse, a breaker or the connection to the grid protects.
public struct CircuitNode: Hashable, Codable, Sendable {
    /// The name of the circuit in the site file.
    public var id: String
    /// What the protective device carries on each phase, in milliamperes.
    public var limit: PhaseCurrents
    /// What is never given away on any phase, in milliamperes.
    public var reserve: Int
    /// The circuit that feeds this one; nil for the supply.
    public var parent: String?

    /// Makes the circuit `id` that carries `limit`, keeps `reserve` back and is fed by `parent`.
    public init(id: String, limit: PhaseCurrents, reserve: Int = 0, parent: String? = nil) {
        self.id = id
        self.limit = limit
        self.reserve = reserve
        self.parent = parent
    }

    /// The current per phase, in milliamperes, that `watts` over three phases are at 230 V, rounded down.
    ///
    /// More than ``CircuitTree/largestCurrent`` is that current.
    public static func currentPerPhase(watts: Int) -> Int {
        let largest = CircuitTree.largestCurrent
        let (milliwatts, isTooLarge) = watts.multipliedReportingOverflow(by: 1000)
        guard !isTooLarge else { return watts < 0 ? -largest : largest }
        return max(-largest, min(largest, milliwatts / (3 * nominalVoltage)))
    }
}

/// Volts between a phase and neutral by which watts and amperes are converted (EN 60038).
public let nominalVoltage = 230
