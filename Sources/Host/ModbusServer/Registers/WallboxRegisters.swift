import DriverAPI
import Modbus

/// The registers of a wallbox: what the box shows, what a master ordered, and the fail-safe for when it falls silent.
///
/// The order counts once a master wrote anything: a tool that only reads binds nobody.
struct WallboxRegisters: RegisterBlock {
    static let map = PowerBrainMap.wallbox

    /// How long a written limit is shown as written although the box does not follow it yet: less than the 5 s after which
    /// masters verify, and less than the time after which what was lowered is given to others.
    private static let followingTime = Duration.seconds(3)
    /// The same for the fail-safe registers, which boxes keep in flash.
    private static let settingTime = Duration.seconds(15)

    let identity: PowerBrainIdentity
    var settings: PowerBrainSettings
    var box = WallboxState() {
        didSet { if settings.order != nil { keepOrder() } }
    }

    private var limitRegister: UInt16?
    private var enable: UInt16
    private var fixedCurrent: UInt16
    private var pilotClosesAt = MonotonicTime.zero
    private var orderWritten: MonotonicTime? {
        didSet { orderWrites += 1 }
    }
    /// How many orders were written.
    private(set) var orderWrites = 0
    private var failSafeWritten: MonotonicTime?
    private(set) var lastTraffic: MonotonicTime
    /// What a master had ordered before the restart, in mA.
    private var held: Int?
    /// Whether the fail-safe has taken over since the last traffic.
    private(set) var hasFallen = false
    /// What was asked of the box itself and not yet passed on.
    private var requests: [WallboxRequest] = []

    init(_ identity: PowerBrainIdentity, _ settings: PowerBrainSettings, at now: MonotonicTime) {
        self.identity = identity
        self.settings = settings
        limitRegister = settings.defaultLimit
        enable = settings.defaultEnable
        fixedCurrent = settings.defaultFixedCurrent
        lastTraffic = now
        held = settings.order
    }

    /// The most the box may be told, in mA per phase, 0 for off; nil while no master ever wrote.
    var order: Int? {
        guard settings.order != nil else { return nil }
        return min(written, held ?? .max)
    }

    /// What the registers say, in mA.
    private var written: Int {
        guard enable != 0 else { return 0 }
        let fixed = fixedCurrent == 0 ? Int.max : Int(fixedCurrent) * 100
        return min(Int(limit) * 100, fixed)
    }

    private var limit: UInt16 { limitRegister ?? box.rated }

    private mutating func keepOrder() { settings.order = order }

    mutating func noteTraffic(at now: MonotonicTime) {
        advance(to: now)
        lastTraffic = now
        hasFallen = false
    }

    /// The fail-safe takes over when no master read or wrote for its time: the limit becomes its current, if that is less;
    /// it starts and raises nobody.
    mutating func advance(to now: MonotonicTime) {
        let duration = Duration.seconds(settings.failSafeDuration)
        guard settings.order != nil, !hasFallen, duration > .zero, lastTraffic.duration(to: now) >= duration else {
            return
        }
        hasFallen = true
        let current = settings.failSafeCurrent ?? usualFailSafe
        if current < 60 {
            enable = 0
        } else {
            limitRegister = min(limit, current)
        }
        // What was ordered before a restart still binds: the fail-safe only ever lowers.
        keepOrder()
    }

    /// What was asked of the box since the last call.
    mutating func takeRequests() -> [WallboxRequest] {
        defer { requests = [] }
        return requests
    }
}

extension WallboxRegisters {
    func words(of register: PowerBrainRegister, at now: MonotonicTime) throws(ModbusException) -> [UInt16] {
        if let words = identity.words(of: register.value) { return words }
        switch register.value {
        case .slaveID: return [UInt16(settings.unit(insteadOf: identity.unit))]
        case .restarts: return Words.number(settings.restarts, 2)
        case .defaultFixedCurrent: return [settings.defaultFixedCurrent]
        case .defaultLimit: return [settings.defaultLimit ?? box.rated]
        case .defaultEnable: return [settings.defaultEnable]
        case .failSafeDuration: return Words.number(failSafeDuration(at: now), 2)
        case .failSafeCurrent: return [failSafeCurrent(at: now)]
        case .disconnectPilot:
            let left = now.duration(to: pilotClosesAt).inSeconds
            return [left > 0 ? UInt16(clamping: Int(left.rounded(.up))) : 0]
        case .relay2: return [0]
        case .fixedCurrent: return [fixedCurrent]
        case .hasMeter: return [box.meter == nil ? 0 : 1]
        case .inputs: return [1 << 9 | (box.switchesPhases ? 1 << 8 : 0)]
        case .meterFlags, .energy, .power, .current: return try meter(register)
        default: return try live(register, at: now)
        }
    }

    private func live(_ register: PowerBrainRegister, at now: MonotonicTime) throws(ModbusException) -> [UInt16] {
        guard box.isOnline else { throw .deviceFailure }
        switch register.value {
        case .relaySelect: return [box.isOnePhase ? 1 : 0]
        case .cableCurrent: return [box.cable]
        case .state: return [box.state]
        case .limit: return [shownLimit(at: now)]
        case .enable: return [isStopped(at: now) ? 0 : 1]
        case .offered: return [box.offered]
        case .cardID: return Words.text(box.cardID, register.count)
        case .cardCount: return [box.cardCount]
        default: throw .illegalDataAddress
        }
    }

    private func meter(_ register: PowerBrainRegister) throws(ModbusException) -> [UInt16] {
        guard let meter = box.meter else { throw .illegalDataAddress }
        guard box.isOnline else { throw .deviceFailure }
        switch register.value {
        case .meterFlags: return [meter.currents == nil ? 0 : 1]
        case .energy: return Words.number(meter.energy ?? 0, 4)
        case .power: return Words.number(meter.power ?? -1, 2)
        case .current(let phase): return Words.number(meter.currents?[phase] ?? 0, 2)
        default: throw .illegalDataAddress
        }
    }

    /// The limit as written, or what the box still follows where that is more and it had its time to follow.
    private func shownLimit(at now: MonotonicTime) -> UInt16 {
        guard let followed = box.followed, !isFollowing(now) else { return limit }
        return max(limit, followed)
    }

    private func isStopped(at now: MonotonicTime) -> Bool {
        enable == 0 && (isFollowing(now) || box.followed ?? 0 == 0)
    }

    private func isFollowing(_ now: MonotonicTime) -> Bool {
        orderWritten.map { $0.duration(to: now) < Self.followingTime } ?? false
    }

    private func isSetting(_ now: MonotonicTime) -> Bool {
        failSafeWritten.map { $0.duration(to: now) < Self.settingTime } ?? false
    }

    /// How long a master may be silent: not less than the box waits for this host, for either may die; 0, never, where the
    /// box itself never falls back.
    private func failSafeDuration(at now: MonotonicTime) -> UInt32 {
        guard !isSetting(now), settings.failSafeDuration > 0 else { return settings.failSafeDuration }
        switch box.fallback {
        case nil: return settings.failSafeDuration
        case .never: return 0
        case .falls(let seconds, _): return max(settings.failSafeDuration, seconds)
        }
    }

    /// What it falls back to: not less than the box does by itself when this host dies.
    private func failSafeCurrent(at now: MonotonicTime) -> UInt16 {
        guard let set = settings.failSafeCurrent else { return usualFailSafe }
        guard !isSetting(now), case .falls(_, let current) = box.fallback else { return set }
        return max(set, current)
    }

    /// What it falls back to while no master set anything else.
    private var usualFailSafe: UInt16 {
        if case .falls(_, let current) = box.fallback { max(60, current) } else { 60 }
    }
}

extension WallboxRegisters {
    mutating func write(
        _ values: [(value: PowerBrainValue, number: UInt64)], at now: MonotonicTime
    ) throws(ModbusException) {
        for (value, number) in values { try check(value, number) }
        // Only now, so that of several values none is taken where one is refused.
        if settings.order == nil { settings.order = order ?? written }
        for (value, number) in values { take(value, number, at: now) }
        keepOrder()
    }

    private func check(_ value: PowerBrainValue, _ number: UInt64) throws(ModbusException) {
        let currents: ClosedRange<UInt64> = 60...630
        switch value {
        case .slaveID: guard (1...247).contains(number) else { throw .illegalDataValue }
        case .defaultFixedCurrent, .fixedCurrent, .failSafeCurrent:
            guard number == 0 || currents.contains(number) else { throw .illegalDataValue }
        case .limit, .defaultLimit:
            guard (60...(box.isSite ? 65_535 : 630)).contains(number) else { throw .illegalDataValue }
        case .enable, .defaultEnable: guard number <= 1 else { throw .illegalDataValue }
        case .failSafeDuration: guard number <= 31_536_000 else { throw .illegalDataValue }
        case .disconnectPilot:
            guard number <= 600 else { throw .illegalDataValue }
            guard number == 0 || (box.isOnline && box.wakes) else { throw .deviceFailure }
        case .relaySelect:
            guard number <= 1 else { throw .illegalDataValue }
            guard (number == 1) == box.isOnePhase || (box.isOnline && box.switchesPhases) else { throw .deviceFailure }
        case .relay2:
            guard number <= 1 else { throw .illegalDataValue }
            guard number == 0 else { throw .deviceFailure }
        default: break
        }
    }

    private mutating func take(_ value: PowerBrainValue, _ number: UInt64, at now: MonotonicTime) {
        let word = UInt16(truncatingIfNeeded: number)
        switch value {
        case .slaveID: settings.slaveID = .init(given: UInt8(truncatingIfNeeded: number), instead: identity.unit)
        case .restarts: settings.restarts = UInt32(truncatingIfNeeded: number)
        case .defaultFixedCurrent: settings.defaultFixedCurrent = word
        case .defaultLimit: settings.defaultLimit = word
        case .defaultEnable: settings.defaultEnable = word
        case .failSafeDuration:
            settings.failSafeDuration = UInt32(truncatingIfNeeded: number)
            failSafeWritten = now
            requests.append(.failSafeTimeout(seconds: settings.failSafeDuration))
        case .failSafeCurrent:
            settings.failSafeCurrent = word
            failSafeWritten = now
            requests.append(.failSafeCurrent(tenths: word))
        case .disconnectPilot:
            guard word > 0 else { return }
            pilotClosesAt = now.advanced(by: .seconds(Int(word)))
            requests.append(.wakeUp)
        case .relaySelect: if (word == 1) != box.isOnePhase { requests.append(.phases(word == 1 ? 1 : 3)) }
        case .fixedCurrent: (fixedCurrent, orderWritten) = (word, now)
        case .limit: (limitRegister, orderWritten, held) = (word, now, nil)
        case .enable: (enable, orderWritten, held) = (word, now, nil)
        default: break
        }
    }
}

/// What a master asks of a box besides its limit.
enum WallboxRequest: Hashable, Sendable {
    /// Interrupts the pilot, so that the car wakes up.
    case wakeUp
    /// Uses one phase or three.
    case phases(Int)
    /// The box falls back after so long without this host.
    case failSafeTimeout(seconds: UInt32)
    /// The box falls back to this.
    case failSafeCurrent(tenths: UInt16)
}
