import DeviceProfiles
import DriverAPI
import LoadManagement
import OCPP

/// What a box can do by its profile and options alone, before it was ever reached.
enum BoxForecast {
    /// Options are known, everything else is not.
    private struct Options: ExpressionScope {
        let values: [String: Value]

        func evaluated(_ reference: Expression.Reference) -> Evaluated {
            guard case .option(let name) = reference, let value = values[name] else {
                return Evaluated(value: nil, quality: .missing)
            }
            return Evaluated(value: value)
        }
    }

    /// The setups of all boxes whose profiles could be read.
    static func setups(_ profiles: SiteProfiles) -> [String: BoxSetup] {
        let boxes = profiles.entries.filter { $0.profile.deviceClass == .wallbox }
        let setups =
            boxes.map { ($0.device.id, setup($0)) } + profiles.slaves.map { ($0.device.id, setup($0)) }
            + profiles.programs.compactMap { program in setup(program).map { (program.device.id, $0) } }
        return Dictionary(setups, uniquingKeysWith: { first, _ in first })
    }

    /// A driver's box that was not reached yet goes on with its rated current; nil where nobody says which.
    private static func setup(_ program: SiteProfiles.Program) -> BoxSetup? {
        guard program.deviceClass == .wallbox, let rated = program.rated, rated > 0 else { return nil }
        return BoxSetup(
            id: program.device.id, node: program.device.circuit,
            rotation: Rotation(rawValue: program.device.rotation) ?? .unknown,
            ability: BoxAbility(maximum: LimitsBuilder.milliamperes(rated)),
            isUnattendedAccepted: program.device.unattendedAccepted)
    }

    /// A slave that was not heard yet goes on with what it was told for ever.
    private static func setup(_ slave: SiteProfiles.Slave) -> BoxSetup {
        var ability = BoxAbility(
            minimum: LimitsBuilder.milliamperes(slave.ability.minimum),
            maximum: LimitsBuilder.milliamperes(slave.ability.maximum), isStoppable: slave.ability.stoppable)
        ability.terminals = PhaseSet(first: slave.phases)
        return BoxSetup(
            id: slave.device.id, node: slave.device.circuit,
            rotation: Rotation(rawValue: slave.device.rotation) ?? .unknown, ability: ability,
            isUnattendedAccepted: slave.device.unattendedAccepted)
    }

    /// A slave as it is once its composite schedule has shown that it goes over to what is set for the time without the
    /// host; one that does not is booked for ever, and an alarm.
    static func falling(_ slave: SiteProfiles.Slave) -> BoxSetup {
        var setup = setup(slave)
        setup.ability.watchdog = BoxAbility.Watchdog(
            timeout: Duration.seconds(CentralSettings().holdTime).wholeNanoseconds, fallback: 0)
        return setup
    }

    /// What the host sets in a slave for the time without itself.
    static func failSafe(ofSlave slave: SiteProfiles.Slave) -> FailSafeSettings {
        FailSafeSettings(
            current: "failsafe_current", timeout: "failsafe_timeout",
            leastCurrent: slave.ability.stoppable ? 0 : slave.ability.minimum, timeouts: 30...3600)
    }

    static func setup(_ entry: SiteProfiles.Entry) -> BoxSetup {
        let charge = entry.profile.control.charge
        let options = Options(values: entry.options)
        let range = charge.flatMap { entry.profile.point($0.set)?.write?.range }
        let maximum = amperes(range?.high, options) ?? rated(options) ?? 63_000
        let minimum = amperes(charge?.minimum, options) ?? amperes(range?.low, options) ?? 6000
        return BoxSetup(
            id: entry.device.id, node: entry.device.circuit,
            rotation: Rotation(rawValue: entry.device.rotation) ?? .unknown,
            ability: BoxAbility(
                minimum: minimum, maximum: maximum, watchdog: watchdog(entry, minimum: minimum, rated: maximum),
                isStoppable: charge?.belowMinimum != .minimum,
                hasMeter: ["current.l1", "current.l2", "current.l3"].allSatisfy { entry.profile.point($0) != nil }),
            isUnattendedAccepted: entry.device.unattendedAccepted)
    }

    /// The settings of its watchdog that the profile gives the host.
    static func failSafe(_ entry: SiteProfiles.Entry) -> FailSafeSettings? {
        guard let keepAlive = entry.profile.keepAlive else { return nil }
        let options = Options(values: entry.options)
        var settings = FailSafeSettings()
        func range(_ name: String) -> ClosedRange<Exact>? {
            guard keepAlive.settings.contains(name) else { return nil }
            return entry.profile.point(name)?.writeRange(in: options)
        }
        if case .limitsToPoint(let name) = keepAlive.deviceThen, keepAlive.settings.contains(name) {
            settings.current = name
            settings.leastCurrent = range(name)?.lowerBound ?? 0
        }
        if case .point(let name, _, _) = keepAlive.deadline, keepAlive.settings.contains(name) {
            settings.timeout = name
            settings.timeouts = range(name)
        }
        return settings.current == nil && settings.timeout == nil ? nil : settings
    }

    /// The rated current, where the profile asks the installer for it.
    private static func rated(_ options: Options) -> Int? {
        options.values["rated_current"]?.number.map(LimitsBuilder.milliamperes)
    }

    private static func amperes(_ bound: Bound?, _ options: Options) -> Int? {
        switch bound {
        case .fixed(let value)?: LimitsBuilder.milliamperes(value)
        case .expression(let expression)?:
            expression.evaluate(in: options).value?.number.map(LimitsBuilder.milliamperes)
        case nil: nil
        }
    }

    /// A fall-back current that stands in the box itself is taken as the minimum: that is what an installer sets, and
    /// the host books what it reads.
    private static func watchdog(
        _ entry: SiteProfiles.Entry, minimum: Int, rated: Int
    ) -> BoxAbility.Watchdog? {
        guard let keepAlive = entry.profile.keepAlive, let deadline = keepAlive.deadline, keepAlive.satisfiedBy != .none
        else { return nil }
        let timeout: Duration =
            switch deadline {
            case .fixed(let duration): duration
            case .expression: .seconds(300)
            case .point(_, _, let assume): assume
            }
        let fallback: Int
        switch keepAlive.deviceThen {
        case .limitsTo(let value): fallback = LimitsBuilder.milliamperes(value)
        case .limitsToPoint: fallback = minimum
        case .stops: fallback = 0
        case .unknown: fallback = rated
        case .keeps: return nil
        }
        return BoxAbility.Watchdog(timeout: timeout.wholeNanoseconds, fallback: fallback)
    }
}
