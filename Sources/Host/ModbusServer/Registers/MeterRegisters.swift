import DriverAPI
import Modbus

/// What a meter shows at this moment, as its registers show it.
struct MeterState: Hashable, Sendable {
    /// Whether it answers; while it does not, its live registers are exception 4.
    var isOnline = false
    /// W; nil while unknown.
    var power: Int32?
    /// Imported Wh; nil while unknown.
    var energy: UInt64?
    /// Per phase, 0.1 A, negative for feed-in; nil if it has no phases of its own.
    var currents: [Int32]?
}

/// The registers of an S0 meter, calculated from a meter of any kind.
///
/// Counters are the meter's own with an offset, so that a master can set and reset them as those of an S0 input.
struct MeterRegisters: RegisterBlock {
    static let map = PowerBrainMap.meter

    let identity: PowerBrainIdentity
    var settings: PowerBrainSettings
    var meter = MeterState() {
        didSet { if let energy = meter.energy { lastEnergy = energy } }
    }

    /// Counts on while the meter is silent for a moment.
    private var lastEnergy: UInt64 = 0

    init(_ identity: PowerBrainIdentity, _ settings: PowerBrainSettings) {
        self.identity = identity
        self.settings = settings
    }

    /// An S0 meter limits nobody and needs no master.
    mutating func noteTraffic(at now: MonotonicTime) {}

    func words(of register: PowerBrainRegister, at now: MonotonicTime) throws(ModbusException) -> [UInt16] {
        if let words = identity.words(of: register.value) { return words }
        switch register.value {
        case .slaveID: return [UInt16(settings.unit(insteadOf: identity.unit))]
        case .restarts: return Words.number(settings.restarts, 2)
        case .input: return [UInt16(identity.unit &- 1)]
        case .pulsesPerKWh: return Words.number(settings.pulsesPerKWh, 2)
        case .simulatedPhases: return [settings.simulatedPhases]
        case .voltage(let phase): return [settings.voltages[phase]]
        default: return try live(register)
        }
    }

    private func live(_ register: PowerBrainRegister) throws(ModbusException) -> [UInt16] {
        guard meter.isOnline else { throw .deviceFailure }
        switch register.value {
        case .pulses: return Words.number(Self.sum(ownPulses, settings.pulsesOffset), 4)
        case .energy: return Words.number(Self.sum(lastEnergy, settings.energyOffset), 4)
        case .timePerPulse: return Words.number(timePerPulse, 2)
        case .level: return [meter.power ?? 0 == 0 ? 1 : 0]
        case .meterFlags: return [meter.currents == nil ? 0 : 1]
        case .power: return Words.number(meter.power ?? -1, 2)
        case .current(let phase): return Words.number(current(phase), 2)
        default: throw .illegalDataAddress
        }
    }

    /// Milliseconds between two pulses at this power: an hour is 3 600 000 ms, 1 kW gives `pulsesPerKWh` in it.
    private var timePerPulse: UInt32 {
        guard let power = meter.power, power != 0, settings.pulsesPerKWh > 0 else { return 0 }
        return UInt32(clamping: 3_600_000_000 / (UInt64(power.magnitude) * UInt64(settings.pulsesPerKWh)))
    }

    private var ownPulses: UInt64 {
        let (product, isTooLarge) = lastEnergy.multipliedReportingOverflow(by: UInt64(settings.pulsesPerKWh))
        return isTooLarge ? .max / 1000 : product / 1000
    }

    /// The meter's own current; without one, the power over the phases that the meter stands for.
    private func current(_ phase: Int) -> Int32 {
        if let currents = meter.currents { return currents[phase] }
        let phases = (0..<3).filter { settings.simulatedPhases >> UInt16($0) & 1 == 1 }
        guard let power = meter.power, phases.contains(phase), settings.voltages[phase] > 0 else { return 0 }
        return Int32(clamping: Int64(power) * 10 / Int64(phases.count) / Int64(settings.voltages[phase]))
    }

    private static func sum(_ counter: UInt64, _ offset: Int64) -> UInt64 {
        UInt64(clamping: Int64(clamping: counter).addingReportingOverflow(offset).partialValue)
    }
}

extension MeterRegisters {
    mutating func write(
        _ values: [(value: PowerBrainValue, number: UInt64)], at now: MonotonicTime
    ) throws(ModbusException) {
        for (value, number) in values { try check(value, number) }
        for (value, number) in values { take(value, number) }
    }

    private func check(_ value: PowerBrainValue, _ number: UInt64) throws(ModbusException) {
        let isAllowed =
            switch value {
            case .slaveID: (1...247).contains(number)
            case .pulsesPerKWh: (1...1_000_000).contains(number)
            case .simulatedPhases: (1...7).contains(number)
            case .voltage: (1...1000).contains(number)
            case .pulses, .energy: number <= UInt64(Int64.max)
            case .resetPulses, .resetEnergy: number == 1
            default: true
            }
        guard isAllowed else { throw .illegalDataValue }
    }

    private mutating func take(_ value: PowerBrainValue, _ number: UInt64) {
        switch value {
        case .slaveID: settings.slaveID = .init(given: UInt8(truncatingIfNeeded: number), instead: identity.unit)
        case .restarts: settings.restarts = UInt32(truncatingIfNeeded: number)
        case .pulsesPerKWh:
            let pulses = Self.sum(ownPulses, settings.pulsesOffset)
            settings.pulsesPerKWh = UInt32(truncatingIfNeeded: number)
            setPulses(pulses)
        case .simulatedPhases: settings.simulatedPhases = UInt16(truncatingIfNeeded: number)
        case .voltage(let phase): settings.voltages[phase] = UInt16(truncatingIfNeeded: number)
        case .pulses: setPulses(number)
        case .resetPulses: setPulses(0)
        case .energy: setEnergy(number)
        case .resetEnergy: setEnergy(0)
        default: break
        }
    }

    private mutating func setPulses(_ number: UInt64) {
        settings.pulsesOffset = Int64(clamping: number) &- Int64(clamping: ownPulses)
    }

    private mutating func setEnergy(_ number: UInt64) {
        settings.energyOffset = Int64(clamping: number) &- Int64(clamping: lastEnergy)
    }
}
