import DriverAPI
import YAML

extension ProfileCompiler {
    /// What the set-point gets in `stop`; it is not bound by `range`.
    func decodeOff(_ node: Node, _ point: PointDefinition, into block: inout ChargeControl, _ subject: String) {
        let stopsBySetPoint = block.stop.contains { $0.action == .natural(block.set) }
        guard let place = node[text: "off"], let text = place.text else {
            if stopsBySetPoint, node[text: "off"] == nil {
                report(
                    .mandatoryPoint, at: node.place(of: "stop"),
                    "`stop` writes \(block.set), so `off` must say what it gets", subject)
            }
            return
        }
        do {
            if let raw = try ValueText.raw(text) {
                block.off = .raw(raw)
            } else {
                block.off = .value(try ValueText.value(text, of: point.value.kind))
            }
        } catch {
            report(error, at: place.mark, else: .wrongKind, subject)
        }
        if let off = block.off { checkEncodes(off, point, at: place.mark, isBounded: false, subject) }
    }

    /// Volts, phases, and what 100 % is.
    func decodePower(
        _ node: Node, _ dimension: Dimension, into block: inout ChargeControl, _ scope: NameScope, _ subject: String
    ) {
        if let voltage = expression(node[text: "voltage"], yielding: .number(.voltage), in: scope, subject) {
            block.voltage = voltage
        }
        block.phases = expression(node[text: "phases"], yielding: .number(.number), in: scope, subject)
        if let place = node[text: "of"] {
            guard let (expression, type) = expression(place, in: scope, subject) else { return }
            if [.number(.current), .number(.power), .unknown].contains(type) {
                block.of = expression
            } else {
                report(.expression, at: place.mark, "100 % is a current or a power, this is \(type)", subject)
            }
        } else if dimension == .ratio {
            report(.wrongKind, at: node.mark, "a set-point in % needs `of`: what 100 % is, in A or W", subject)
        }
    }

    /// Whether limits of the block are in W; else they are in A.
    private func isInWatts(_ node: Node, _ dimension: Dimension, _ scope: NameScope) -> Bool {
        if dimension == .ratio, let place = node[text: "of"] {
            return expression(place, in: scope, nil)?.1 == .number(.power)
        }
        return dimension == .power
    }

    /// The low end of `range`, else 6 A.
    func decodeMinimum(
        _ node: Node, _ point: PointDefinition, _ dimension: Dimension, into block: inout ChargeControl,
        _ scope: NameScope, _ subject: String
    ) {
        let isInWatts = isInWatts(node, dimension, scope)
        if let place = node[text: "minimum"] {
            let own = isInWatts ? Dimension.power : .current
            if let bound = bound(place, own, in: scope, .unit, subject) { block.minimum = bound }
        } else if let low = point.write?.range?.low {
            block.minimum = dimension == .ratio ? share(low, of: block.of) : low
        } else if isInWatts {
            let current = Expression.binary(.times, .literal(.number(6)), block.voltage, factor: 1)
            block.minimum = .expression(.binary(.times, current, block.phases ?? phasesInUse, factor: 1))
        }
    }

    private func share(_ low: Bound, of whole: Expression?) -> Bound {
        guard let whole, let percent = Exact(1, over: 100) else { return .fixed(6) }
        switch low {
        case .fixed(let number): return .expression(.binary(.times, .literal(.number(number)), whole, factor: percent))
        case .expression(let expression): return .expression(.binary(.times, expression, whole, factor: percent))
        }
    }

    /// `first(phases_active, phases_set, 1)`, auto counting as unknown.
    private var phasesInUse: Expression {
        let names = ["phases_active", "phases_set"].filter { type(ofPoint: $0) != nil }
        let numbers = names.map { name -> Expression in
            .binary(.times, .name(.point(name)), .literal(.number(1)), factor: 1)
        }
        return .call(.first, numbers + [.literal(.number(1))])
    }

    func decodeOnDisconnect(_ node: Node, into block: inout ChargeControl, _ subject: String) {
        guard let place = node[text: "on_disconnect"], let text = place.text else { return }
        if text == "stop" { block.onDisconnect = .stop }
        guard let quantity = place.quantity, let canonical = quantity.canonical else { return }
        guard [.current, .power].contains(quantity.unit.dimension) else {
            report(.unit, at: place.mark, "\(quantity.unit.rawValue) is no current or power", subject)
            return
        }
        block.onDisconnect = .limit(canonical)
    }
}
