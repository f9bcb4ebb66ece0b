import DriverAPI
import LoadManagement

/// What is left of the site's own generation, as its meters show it.
struct SunReader {
    /// Older readings do not count.
    private static let stale = Duration.seconds(60)

    /// What the boxes that use the surplus may draw together, in mW; nil if nobody measures it.
    private(set) var surplus: Int?
    /// How much all boxes together may draw without anything coming from the grid, in mW; 0 if nobody measures it.
    private(set) var ownPower = 0

    init(
        _ states: [DeviceState], _ choices: [String: ChargingChoice], _ bookings: BoxTable<BoxBooking>,
        at now: MonotonicTime
    ) {
        func power(_ state: DeviceState) -> Int? {
            guard let reading = state.readings["power"], let value = reading.known?.number,
                reading.time.duration(to: now) <= Self.stale
            else { return nil }
            return value.multiplied(by: 1000)?.floor.asInt
        }
        func sum(_ role: SiteDevice.Role, _ classes: DeviceClass...) -> Int? {
            let meters = states.filter {
                $0.isInUse && ($0.entry.role == role || ($0.entry.role == nil && classes.contains($0.deviceClass)))
            }
            let powers = meters.compactMap(power)
            return powers.isEmpty || powers.count < meters.count ? nil : powers.reduce(0, +)
        }
        let storages = states.filter {
            $0.isInUse && ($0.entry.role == .storage || ($0.entry.role == nil && $0.deviceClass == .battery))
        }.compactMap { state in
            power(state).map { Surplus.Storage(charging: $0, isForCars: state.entry.isForCars) }
        }
        let boxes = states.filter { $0.deviceClass == .wallbox && $0.isInUse }
        func drawn(_ state: DeviceState) -> Int {
            if let power = power(state) { return max(0, power) }
            if let (amperes, _) = state.phaseCurrents() {
                return amperes.reduce(0) { $0 + LimitsBuilder.milliamperes($1.magnitude) } * 230
            }
            guard state.text("state") == "C", let told = bookings[state.entry.id]?.lastTold else { return 0 }
            return told.value * told.terminals.count * 230
        }
        func usesSurplus(_ state: DeviceState) -> Bool {
            let mode = choices[state.entry.id]?.mode ?? state.entry.box.mode.shared
            return mode == .surplus || mode == .minSurplus
        }
        let all = boxes.reduce(0) { $0 + drawn($1) }
        if let grid = sum(.grid) {
            let users = boxes.filter(usesSurplus).reduce(0) { $0 + drawn($1) }
            surplus = Surplus.power(grid: grid, boxes: users, storages: storages)
            ownPower = max(0, Surplus.power(grid: grid, boxes: all, storages: storages))
        } else if let production = sum(.production, .inverter) {
            let consumption = sum(.consumption) ?? 0
            surplus = Surplus.power(production: abs(production), consumption: consumption, storages: storages)
            ownPower = max(0, surplus ?? 0)
        }
    }
}
