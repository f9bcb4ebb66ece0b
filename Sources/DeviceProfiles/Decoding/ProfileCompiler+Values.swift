import DriverAPI
import YAML

extension ProfileCompiler {
    /// How the raw value of an entry becomes its value.
    func valueRule(_ source: PointSource, _ shape: PointShape) -> ValueRule {
        let node = source.node
        var rule = ValueRule()
        rule.kind = shape.kind
        rule.unit = shape.unit
        rule.entries = shape.entries
        rule.approximate = node[text: "approx"]?.boolean ?? false
        rule.scaleFrom = node[text: "scale_from"].flatMap { pointName($0, source.subject) }
        decodeScale(source, into: &rule)
        let settled = NameScope(compiler: self, allowsPoints: false)
        rule.invert = condition(node[text: "invert"], in: settled, source.subject)
        let own = NameScope(compiler: self, value: type(of: shape.kind, canonical: source.canonical))
        rule.absentWhen = condition(node[text: "absent_when"], in: own, source.subject)
        rule.invalid = decodeInvalid(source)
        decodePlausible(source, into: &rule)
        decodeCounter(source, into: &rule)
        decodeReasons(source, into: &rule)
        return rule
    }

    private func decodeScale(_ source: PointSource, into rule: inout ValueRule) {
        let node = source.node
        rule.scale = node[text: "scale"]?.factor ?? 1
        rule.offset = node[text: "offset"]?.factor ?? 0
        if rule.scale == .zero, let place = node[text: "scale"] {
            report(.unit, at: place.mark, "a factor of 0 makes every value 0", source.subject)
        }
        if case .number = rule.kind, rule.entries.isEmpty { return }
        for key in ["unit", "scale", "offset", "scale_from"] {
            if key == "unit", case .number = rule.kind { continue }
            guard let mark = node.key(key)?.mark else { continue }
            report(.unit, at: mark, "`\(key)` belongs to numbers; this is \(ExpressionType(rule.kind))", source.subject)
        }
    }

    private func decodeInvalid(_ source: PointSource) -> [ClosedRange<Int128>] {
        var found: [ClosedRange<Int128>] = []
        let text = source.place
        for node in source.node[text: "invalid"]?.sequence ?? [] {
            guard let range = node.span else { continue }
            if let allowed = rawRange(text, source.subject),
                !(allowed.contains(range.lowerBound) && allowed.contains(range.upperBound))
            {
                report(
                    .rawRange, at: node.mark,
                    "raw \(node.text ?? "") is outside \(allowed.lowerBound)..\(allowed.upperBound) of the type",
                    source.subject)
            }
            found.append(range)
        }
        return found
    }

    /// What the decoded raw value of a place can be; nil where it is no whole number.
    func rawRange(_ text: PlaceText, _ subject: String) -> ClosedRange<Int128>? {
        guard let (table, _) = address(text, lane: 0, of: text.at?.sequence?.count ?? 1, subject),
            let type = type(of: text, in: table, subject)
        else { return nil }
        if let bits = (text.bit ?? text.bits)?.span, bits.count <= 64 { return 0...(1 << Int128(bits.count)) - 1 }
        if type == .bcd, let words = text.words?.int, words <= 8 {
            return 0...(0..<4 * words).reduce(1) { power, _ in power * 10 } - 1
        }
        return type.integerRange
    }

    private func decodePlausible(_ source: PointSource, into rule: inout ValueRule) {
        guard let node = source.node[text: "plausible"] else { return }
        guard case .number(let unit) = rule.kind else {
            report(.rawRange, at: node.mark, "`plausible` belongs to numbers", source.subject)
            return
        }
        let bounds = bounds(node, unit.dimension, in: NameScope(compiler: self), .rawRange, source.subject)
        rule.plausible = bounds.map { ($0.low, $0.high) }
    }

    private func decodeCounter(_ source: PointSource, into rule: inout ValueRule) {
        let isEnergy = source.names.first?.hasPrefix("energy_") ?? false
        if isEnergy { rule.counter = .confirm(3) }
        guard let node = source.node[text: "counter"] else { return }
        guard case .number(let unit) = rule.kind else {
            report(.semantics, at: node.mark, "`counter` belongs to numbers", source.subject)
            return
        }
        rule.counter = .confirm(3)
        if let drop = node[text: "drop"]?.text {
            rule.counter = drop == "accept" ? .accept : TextShape.confirmations(drop).map(ValueRule.Counter.confirm)
        }
        guard let place = node[text: "wrap"], let text = place.text else { return }
        do {
            rule.wrap = try ValueText.canonical(text, in: unit.dimension)
        } catch {
            report(error, at: place.mark, else: .unit, source.subject)
        }
    }

    private func decodeReasons(_ source: PointSource, into rule: inout ValueRule) {
        guard let node = source.node[text: "reasons"] else { return }
        let text = source.place
        guard let (table, _) = address(text, lane: 0, of: source.names.count, source.subject),
            let type = type(of: text, in: table, source.subject)
        else {
            report(.semantics, at: node.mark, "`reasons` needs a read place; cases have `reason`", source.subject)
            return
        }
        for (key, value) in node.mapping ?? [] {
            checkReason(value, source)
            guard let match = match(key, type, source.subject), let reason = value.text else { continue }
            rule.reasons.append((match, reason))
        }
    }

    /// The name of a point that must exist (P040).
    func pointName(_ node: Node, _ subject: String?) -> String? {
        guard let name = node.text, TextShape.point.matches(name) else { return nil }
        if sourceOfPoint[name] != nil { return name }
        let hint = closest(to: name, among: pointNames).map { ", did you mean \"\($0)\"?" } ?? ""
        report(.expression, at: node.mark, "there is no point \"\(name.shown)\"\(hint)", subject)
        return nil
    }
}
