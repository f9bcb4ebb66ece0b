import DriverAPI

/// The two counters of a meter, going on from what its fixture showed.
struct EnergyCounter: Sendable {
    /// W × ns in one Wh.
    private static let perWattHour: Int128 = 3_600_000_000_000

    private let importedBefore: Exact
    private let exportedBefore: Exact
    private var imported: Int128 = 0
    private var exported: Int128 = 0
    private var power = 0
    private var counted: MonotonicTime

    /// Begins with a device's counters at `time`.
    init(_ device: SimulatedDevice, at time: MonotonicTime) {
        let shown = { (point: String) in device.value(of: point, at: time)?.value?.number }
        importedBefore = shown("energy_import") ?? 0
        exportedBefore = shown("energy_export") ?? shown("energy_total") ?? 0
        counted = time
    }

    /// Counts the power that flowed until `time` and takes note of the one from now on; both counters in Wh.
    mutating func count(_ power: Int, until time: MonotonicTime) -> (imported: Exact, exported: Exact) {
        let passed = Int128(max(0, counted.duration(to: time).wholeNanoseconds))
        let work = Int128(self.power) * passed
        if work > 0 { imported += work } else { exported -= work }
        self.power = power
        counted = max(counted, time)
        return (
            EnergyCounter.sum(importedBefore, imported), EnergyCounter.sum(exportedBefore, exported)
        )
    }

    private static func sum(_ before: Exact, _ work: Int128) -> Exact {
        Exact(work, over: perWattHour).flatMap { before.adding($0) } ?? before
    }
}
