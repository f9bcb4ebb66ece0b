import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// How a point is written; nil where it is wrong, which is reported.
    func decodeWrite(_ node: Node, of point: PointDefinition, _ source: PointSource, _ lane: Int) -> WriteRule? {
        guard node.mapping != nil, let function = node[text: "fc"]?.int.flatMap({ UInt8(exactly: $0) }),
            let persist = node[text: "persist"]?.text.flatMap(WriteRule.Persistence.init(rawValue:)),
            let place = writePlace(node, of: point, source, lane, function)
        else { return nil }
        let subject = source.subject
        var rule = WriteRule(function: function, place: place, persist: persist)
        rule.unit = node[text: "unit"]?.unit ?? point.value.unit
        rule.scale = node[text: "scale"]?.factor ?? point.value.scale
        rule.offset = node[text: "offset"]?.factor ?? point.value.offset
        rule.kind = node[text: "kind"]?.text.flatMap(WriteRule.Kind.init(rawValue:)) ?? .state
        decodeBudget(node, into: &rule, subject)
        decodeRange(node, of: point, into: &rule, subject)
        let isSetPoint = point.name == setPoint
        rule.rounding =
            node[text: "rounding"]?.text.flatMap(WriteRule.Rounding.init(rawValue:)) ?? (isSetPoint ? .down : .nearest)
        rule.writeAs = decodeWriteAs(node, of: point, place, subject)
        rule.verify = decodeVerify(node, of: point, subject)
        rule.when = wordedCondition(node[text: "when"], in: NameScope(compiler: self), subject)
        rule.settle = node[text: "settle"]?.duration ?? .zero
        rule.minimumDwell = node[text: "min_dwell"]?.duration ?? .zero
        checkWrite(rule, node, of: point, source)
        return rule
    }

    private func writePlace(
        _ node: Node, of point: PointDefinition, _ source: PointSource, _ lane: Int, _ function: UInt8
    ) -> ReadPlace? {
        var text = PlaceText(write: node, of: source.place)
        let needed: RegisterTable = function == 5 || function == 15 ? .coil : .holding
        let given = node[text: "table"] ?? source.node[text: "table"]
        if node[text: "table"] == nil, node[text: "at"] != nil, given?.text != needed.rawValue { text.table = nil }
        if text.table == nil, node[text: "at"] != nil || point.place == nil {
            text.table = Node(mark: node.mark, content: .scalar(Scalar(needed.rawValue)))
        }
        guard let place = decodePlace(text, lane: lane, of: source.names.count, source.subject) else { return nil }
        guard place.table == needed else {
            report(
                .writable, at: node.place(of: "fc"),
                "fc \(function) writes table \(needed.rawValue), not \(place.table.rawValue): give `at` and `table` here",
                source.subject)
            return nil
        }
        return place
    }

    private func decodeBudget(_ node: Node, into rule: inout WriteRule, _ subject: String) {
        rule.budget = node[text: "budget"]?.text.flatMap { try? ValueText.budget($0) }
        guard rule.budget == nil, node[text: "budget"] == nil else { return }
        switch rule.persist {
        case .ram: break
        case .unknown: rule.budget = .init(count: 10, period: .seconds(86400))
        case .flash:
            report(
                .persistence, at: node.place(of: "persist"),
                "flash wears out: `budget` must say how often it may be written, such as 20/year", subject)
        }
    }

    private func decodeRange(_ node: Node, of point: PointDefinition, into rule: inout WriteRule, _ subject: String) {
        guard case .number(let unit) = point.value.kind else {
            for key in ["range", "step"] {
                guard let mark = node.key(key)?.mark else { continue }
                report(.writable, at: mark, "`\(key)` belongs to numbers", subject)
            }
            return
        }
        rule.range = bounds(
            node[text: "range"], unit.dimension, in: NameScope(compiler: self), .writable, subject)
        guard let place = node[text: "step"], let text = place.text else { return }
        do {
            rule.step = try ValueText.canonical(text, in: unit.dimension)
            if let step = rule.step, step <= .zero {
                report(.writable, at: place.mark, "a step is above 0", subject)
                rule.step = nil
            }
        } catch {
            report(error, at: place.mark, else: .writable, subject)
        }
    }

    private func decodeWriteAs(
        _ node: Node, of point: PointDefinition, _ place: ReadPlace, _ subject: String
    ) -> [(value: Value, raw: Int128)] {
        var rows: [(value: Value, raw: Int128)] = []
        for (key, number) in node[text: "write_as"]?.mapping ?? [] {
            guard let text = key.text, let raw = number.integer else { continue }
            do {
                let value = try writtenMember(text, of: point)
                if rows.contains(where: { $0.value == value }) {
                    report(.enumeration, at: key.mark, "\(text) stands twice", subject)
                }
                rows.append((value, raw))
            } catch {
                report(error, at: key.mark, else: .enumeration, subject)
            }
            if let allowed = place.type.integerRange, !allowed.contains(raw) {
                report(.writable, at: number.mark, "raw \(raw) is outside type \(place.type.rawValue)", subject)
            }
        }
        return rows
    }

    /// A value on the left of `write_as`: a member, a boolean, or a whole number in the canonical unit.
    private func writtenMember(_ text: String, of point: PointDefinition) throws(ValueProblem) -> Value {
        if case .member = point.value.kind, let whole = try? ValueText.integer(text) {
            return .number(Exact(integer: whole))
        }
        if case .number(let unit) = point.value.kind, let number = try? ValueText.number(text) {
            return .number(number.multiplied(by: unit.factor) ?? number)
        }
        return try ValueText.value(text, of: point.value.kind)
    }

    private func decodeVerify(
        _ node: Node, of point: PointDefinition, _ subject: String
    ) -> WriteRule.Verification? {
        guard let verify = node[text: "verify"], let within = verify[text: "within"]?.duration else { return nil }
        var rule = WriteRule.Verification(after: verify[text: "after"]?.duration ?? .zero, within: within)
        rule.by = verify[text: "by"].flatMap { pointName($0, subject) }
        guard let place = verify[text: "tolerance"], let text = place.text else { return rule }
        guard case .number(let unit) = point.value.kind else {
            report(.verification, at: place.mark, "`tolerance` belongs to numbers", subject)
            return rule
        }
        do {
            rule.tolerance = try ValueText.canonical(text, in: unit.dimension)
            if rule.tolerance < .zero { report(.verification, at: place.mark, "a tolerance is 0 or more", subject) }
        } catch {
            report(error, at: place.mark, else: .verification, subject)
        }
        return rule
    }
}
