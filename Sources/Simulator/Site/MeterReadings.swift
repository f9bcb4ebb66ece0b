import DeviceProfiles
import DriverAPI

/// What a meter shows, through the canonical points its profile has.
///
/// Currents are magnitudes, as most meters give them; the sign stands with the power. cos φ is 1.
struct MeterReadings {
    /// W per phase; + flows in.
    let power: [Int]
    /// The counters in Wh.
    let imported: Exact
    let exported: Exact

    /// Makes the device's registers say all this; points that the profile does not have are left out.
    func show(on device: SimulatedDevice, at time: MonotonicTime) {
        for (name, value) in values { device.show(.number(value), as: name, at: time) }
    }

    private var values: [(String, Exact)] {
        let total = power.reduce(0, +)
        var values: [(String, Exact)] = [
            ("power", Exact(total)), ("apparent_power", Exact(abs(total))), ("reactive_power", 0),
            ("power_factor", 1), ("frequency", 50), ("energy_import", imported), ("energy_export", exported),
            ("energy_total", exported), ("current.n", 0),
        ]
        for phase in 1...3 {
            let watts = power[phase - 1]
            let current = Exact(Int128(abs(watts)), over: Int128(WallboxModel.voltage)) ?? 0
            values.append(("voltage.l\(phase)", Exact(WallboxModel.voltage)))
            values.append(("current.l\(phase)", current))
            values.append(("power.l\(phase)", Exact(watts)))
            values.append(("apparent_power.l\(phase)", Exact(abs(watts))))
            values.append(("reactive_power.l\(phase)", 0))
            values.append(("power_factor.l\(phase)", 1))
        }
        return values
    }
}
