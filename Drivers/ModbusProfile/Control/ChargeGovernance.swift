import DeviceProfiles
import DriverAPI

/// How the charge block's set-point measures: what commands, minimum and told are counted in.
struct ChargeGovernance {
    /// The block.
    let control: ChargeControl
    /// The set-point.
    let point: PointDefinition
    /// The unit the box is governed in: A or W.
    let unit: Unit
    /// How many A or W 1 % is; nil where the set-point is in A or W itself.
    let percent: Exact?
    /// W per A of the limit: voltage × phases.
    let wattsPerAmpere: Exact

    /// Reads the block with the present values of `board`.
    ///
    /// Throws ``DriverError/unsupported(_:)`` without a charge block, ``DriverError/refused(_:)`` when what 100 % or a
    /// phase's voltage is is not known.
    init(_ profile: DeviceProfile, board: PointBoard) throws(DriverError) {
        guard let charge = profile.control.charge, let position = board.position(charge.set) else {
            throw .unsupported("the profile has no charge control")
        }
        self.control = charge
        point = board.points[position].definition
        guard let volts = charge.voltage.evaluate(in: board).value?.number, volts > 0,
            let watts = volts.multiplied(by: Self.phases(charge, board: board))
        else { throw .refused("the voltage of a phase is not known yet") }
        wattsPerAmpere = watts
        guard case .number(let own) = point.value.kind, own == .percent else {
            if case .number(.W) = point.value.kind { unit = .W } else { unit = .A }
            percent = nil
            return
        }
        guard let full = charge.of?.evaluate(in: board).value?.number, full > 0,
            let one = full.divided(by: 100)
        else { throw .refused("what 100 % of \(charge.set) is is not known yet") }
        percent = one
        let dimension = charge.of.flatMap { Self.dimension(of: $0, in: profile) }
        unit = dimension == .power || dimension == nil && charge.set.hasPrefix("power") ? .W : .A
    }

    /// `phases`, by default `first(phases_active, phases_set, 1)`, `auto` counting as unknown.
    private static func phases(_ charge: ChargeControl, board: PointBoard) -> Exact {
        if let expression = charge.phases, let known = expression.evaluate(in: board).value?.asNumber { return known }
        for name in ["phases_active", "phases_set"] {
            let found = board.evaluated(.point(name))
            if found.quality == .good, let number = found.value?.asNumber, number > 0 { return number }
        }
        return 1
    }

    /// What the names of an expression measure: the first that is a power or a current.
    private static func dimension(of expression: Expression, in profile: DeviceProfile) -> Dimension? {
        let dimensions = expression.references.compactMap { reference -> Dimension? in
            switch reference {
            case .option(let name): profile.options.first { $0.name == name }?.kind.unit?.dimension
            case .point(let name):
                if case .number(let unit)? = profile.point(name)?.value.kind { unit.dimension } else { nil }
            default: nil
            }
        }
        return dimensions.first { $0 == .power || $0 == .current }
    }

    /// A target in the unit the box is governed in; W from A are rounded down.
    func value(of target: ChargeTarget) -> Exact? {
        switch (target, unit) {
        case (.current(let amperes), .W): amperes.multiplied(by: wattsPerAmpere)?.floor
        case (.power(let watts), .A): watts.divided(by: wattsPerAmpere)
        case (.current(let number), _), (.power(let number), _): number
        case (.on, _), (.off, _): nil
        }
    }

    /// What the set-point gets for a value in the governed unit.
    func setPoint(of value: Exact) -> Exact? { percent.map { value.divided(by: $0) } ?? value }

    /// The value in the governed unit that a set-point means.
    func value(ofSetPoint number: Exact) -> Exact? { percent.map { number.multiplied(by: $0) } ?? number }

    /// A value in the governed unit in A per phase; for W as the box may draw it on one phase.
    func amperes(_ value: Exact, volts: Exact) -> Exact? { unit == .W ? value.divided(by: volts) : value }
}
