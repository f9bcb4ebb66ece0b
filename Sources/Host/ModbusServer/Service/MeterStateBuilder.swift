import DriverAPI

/// Turns what the host knows of a meter into what its registers show.
enum MeterStateBuilder {
    /// The registers' view of a meter; of a box, that of its own meter.
    static func meter(_ state: DeviceState?) -> MeterState {
        guard let state else { return MeterState() }
        var meter = MeterState()
        meter.isOnline = state.isOnline && state.isInUse && state.failure == nil
        let energy = state.number("energy_import") ?? state.number("energy_total")
        meter.energy = energy.flatMap { UInt64(exactly: $0.floor.numerator) }
        meter.power = WallboxStateBuilder.power(state)
        meter.currents = WallboxStateBuilder.currents(state)
        return meter
    }
}
