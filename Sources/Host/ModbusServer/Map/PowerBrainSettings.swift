import LoadManagement

/// What a unit keeps over a restart: its flash registers, and for safety the last order of a master.
struct PowerBrainSettings: Hashable, Codable, Sendable {
    /// The unit id that a master gave it, and the one the site file had then.
    var slaveID: SlaveID?
    /// 8120: how often it was started.
    var restarts: UInt32 = 0
    var defaultFixedCurrent: UInt16 = 0
    /// 0.1 A; nil: what the box can carry.
    var defaultLimit: UInt16?
    var defaultEnable: UInt16 = 1
    /// s; the vendor's default.
    var failSafeDuration: UInt32 = 300
    /// 0.1 A; nil while no master set it: then what the box falls back to by itself, at least 6 A, the least current there
    /// is (IEC 61851-1, A.3). It is never more than what was ordered.
    var failSafeCurrent: UInt16?
    var pulsesPerKWh: UInt32 = 1000
    /// A bit for each phase that an S0 meter stands for.
    var simulatedPhases: UInt16 = 0b111
    /// V.
    var voltages: [UInt16] = [230, 230, 230]
    /// What is added to the meter's own counter, in Wh; by it the counter can be set.
    var energyOffset: Int64 = 0
    /// What is added to the pulses that the energy stands for.
    var pulsesOffset: Int64 = 0
    /// The last order of a master in mA per phase, 0 for off; nil if none ever wrote. It holds after a restart until a
    /// master writes again or the fail-safe takes over.
    var order: Int?

    /// A unit id other than the site file's.
    struct SlaveID: Hashable, Codable, Sendable {
        var given: UInt8
        /// What the site file said when it was given; another one there counts again.
        var instead: UInt8
    }

    /// The unit id it answers to where the site file says `unit`.
    func unit(insteadOf unit: UInt8) -> UInt8 { slaveID.flatMap { $0.instead == unit ? $0.given : nil } ?? unit }
}
