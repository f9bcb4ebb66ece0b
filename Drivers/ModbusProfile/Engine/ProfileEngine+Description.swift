import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// What is booked for a box whose highest limit nothing tells, in A per phase: the largest plug of IEC 62196-2.
    private static let largestCurrent: Exact = 63

    /// What the host must know of the device to book it safely and to show it.
    public var deviceDescription: DeviceDescription {
        var points = Set<String>()
        for position in board.points.indices where board.quality(of: position) != .absent {
            points.insert(board.points[position].name)
        }
        points.formUnion(board.identityReadings.keys)
        if board.stateReason != nil { points.insert("state.reason") }
        return DeviceDescription(
            deviceClass: current.deviceClass, identity: connection.names, points: points, charging: chargingAbility)
    }

    /// How the box is governed; nil for a device without charge control.
    var chargingAbility: ChargingAbility? {
        guard let governance = try? governance() else { return nil }
        let volts = governance.control.voltage.evaluate(in: board).value?.number ?? 230
        func amperes(_ value: Exact) -> Exact { governance.amperes(value, volts: volts) ?? value }
        let top = governance.point.writeRange(in: board).flatMap { governance.value(ofSetPoint: $0.upperBound) }
        let rated = board.evaluated(.point("rated_current")).value?.number
        let largest = board.evaluated(.point("max_current")).value?.number
        let maximum = top.map(amperes) ?? rated ?? largest ?? ProfileEngine.largestCurrent
        return ChargingAbility(
            minimum: amperes(minimum(governance)), maximum: maximum, step: amperes(step(governance)),
            stoppable: governance.control.belowMinimum == .stop && !governance.control.stop.isEmpty,
            switchesPhases: switchesPhases, watchdog: watchdog, failSafe: failSafe, phaseSettling: phaseSettling,
            wakesCars: current.control.wakeUp != nil && permission.bar(.wakeUp) == nil)
    }

    /// The settings of the watchdog that the profile gives the host, as far as this device has them.
    private var failSafe: FailSafeSettings? {
        guard let keepAlive = current.keepAlive else { return nil }
        var settings = FailSafeSettings()
        if case .limitsToPoint(let name) = keepAlive.deviceThen, let point = setting(name, of: keepAlive),
            case .number(.A) = point.value.kind
        {
            settings.current = name
            settings.leastCurrent = point.writeRange(in: board)?.lowerBound ?? 0
        }
        if case .point(let name, _, _) = keepAlive.deadline, let point = setting(name, of: keepAlive) {
            settings.timeout = name
            settings.timeouts = point.writeRange(in: board)
        }
        return settings.current == nil && settings.timeout == nil ? nil : settings
    }

    private func setting(_ name: String, of keepAlive: KeepAlive) -> PointDefinition? {
        guard keepAlive.settings.contains(name), let position = board.position(name),
            board.quality(of: position) != .absent
        else { return nil }
        return current.point(name).flatMap { $0.write == nil ? nil : $0 }
    }

    /// How long the device must rest after a switch of its phases.
    private var phaseSettling: Duration? {
        current.control.phases?.set.flatMap { current.point($0)?.write?.settle }
    }

    /// The step of the set-point in the governed unit.
    private func step(_ governance: ChargeGovernance) -> Exact {
        guard let rule = governance.point.write else { return 1 }
        let raw = rule.scale.magnitude.multiplied(by: rule.unit?.factor ?? 1)
        let own = rule.step ?? raw ?? 1
        return governance.value(ofSetPoint: own) ?? own
    }

    private var switchesPhases: Bool {
        guard let control = current.control.phases, permission.bar(.phases) == nil else { return false }
        guard let set = control.set, let position = board.position(set) else { return !control.steps.isEmpty }
        return board.quality(of: position) != .absent
    }
}
