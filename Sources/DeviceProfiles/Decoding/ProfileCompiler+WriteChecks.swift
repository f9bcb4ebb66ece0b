import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// What a write must be to become raw values, and to be read back (P011, P023, P030, P033).
    func checkWrite(_ rule: WriteRule, _ node: Node, of point: PointDefinition, _ source: PointSource) {
        checkWidth(rule, node, source)
        checkKind(rule, node, of: point, source)
        checkInverse(rule, node, of: point, source)
        checkRange(rule, node, of: point, source)
        checkVerification(rule, node, of: point, source)
    }

    private func checkWidth(_ rule: WriteRule, _ node: Node, _ source: PointSource) {
        let words = rule.place.words
        if rule.function == 6, words > 1 {
            report(
                .writable, at: node.place(of: "fc"),
                "fc 6 writes one register, type \(rule.place.type.rawValue) here has \(words): use fc 16",
                source.subject)
        } else if words > maxWrite(rule.place.table) {
            report(
                .place, at: node.place(of: "at"),
                "\(words) registers are more than one request may write (\(maxWrite(rule.place.table)))", source.subject
            )
        }
    }

    private func checkKind(_ rule: WriteRule, _ node: Node, of point: PointDefinition, _ source: PointSource) {
        let type = rule.place.type
        let isWrong =
            switch point.value.kind {
            case .text: !type.isText && point.value.entries.isEmpty
            case .version: type != .version && !type.isText
            case .number, .bool, .flags, .member: type.isText || type == .version
            }
        guard isWrong, rule.writeAs.isEmpty, !(type.isText && !point.value.entries.isEmpty) else { return }
        report(
            .writable, at: node.place(of: "type"),
            "\(ExpressionType(point.value.kind)) can not be written as \(type.rawValue)", source.subject)
    }

    /// Every value of an enumeration must have one raw value.
    private func checkInverse(_ rule: WriteRule, _ node: Node, of point: PointDefinition, _ source: PointSource) {
        let place = source.node.place(of: "enum")
        if point.value.entries.isEmpty {
            if case .member(let members) = point.value.kind, rule.writeAs.count < members.count {
                report(
                    .enumeration, at: node.key("write_as")?.mark ?? node.mark,
                    "`write_as` must give every member its raw value", source.subject)
            }
            return
        }
        let rows = Dictionary(grouping: point.value.entries.filter { $0.value != nil }, by: \.value)
        for value in point.value.entries.compactMap(\.value).unique {
            if rule.writeAs.contains(where: { Expression.areEqual($0.value, value) }) { continue }
            let rows = rows[value] ?? []
            let single = rows.filter { row in
                switch row.match {
                case .integers(let range): range.count == 1
                case .text: true
                case .other: false
                }
            }
            guard rows.count != 1 || single.count != 1 else { continue }
            report(
                .enumeration, at: place, "\(value) has several raw values: `write_as` must say which is written",
                source.subject)
        }
    }

    private func checkRange(_ rule: WriteRule, _ node: Node, of point: PointDefinition, _ source: PointSource) {
        guard case .number = point.value.kind, point.value.entries.isEmpty, rule.writeAs.isEmpty,
            point.value.scaleFrom == nil,
            let scaling = Scaling(scale: rule.scale, offset: rule.offset, unit: rule.unit), scaling.factor != .zero
        else { return }
        if let step = rule.step, !rule.place.type.isFloat, let steps = step.divided(by: scaling.factor),
            !steps.isInteger
        {
            report(
                .writable, at: node.place(of: "step"),
                "the step is not a multiple of one raw step (\(scaling.factor.magnitude))", source.subject)
        }
        guard let allowed = rawRange(of: rule.place) else { return }
        let isTurned = point.value.invert == .literal(.bool(true))
        if point.value.invert != nil, !isTurned, point.value.invert != .literal(.bool(false)) { return }
        for (end, index) in [(rule.range?.low, 0), (rule.range?.high, 1)] {
            guard let end, let value = largest(end), let raw = scaling.raw(of: isTurned ? value.negated : value) else {
                continue
            }
            if raw >= Exact(integer: allowed.lowerBound), raw <= Exact(integer: allowed.upperBound) { continue }
            let items = node[text: "range"]?.sequence ?? []
            report(
                .writable, at: items.indices.contains(index) ? items[index].mark : node.mark,
                "raw \(raw) is outside type \(rule.place.type.rawValue)", source.subject)
        }
    }

    private func rawRange(of place: ReadPlace) -> ClosedRange<Int128>? {
        if let bits = place.bits { return 0...(1 << Int128(bits.count)) - 1 }
        if place.type == .bcd { return 0...(0..<min(4 * place.words, 32)).reduce(1) { power, _ in power * 10 } - 1 }
        return place.type.integerRange
    }

    /// A fixed end, or the most that an option allows.
    private func largest(_ bound: Bound) -> Exact? {
        switch bound {
        case .fixed(let number): number
        case .expression(.name(.option(let name))): head.options.first { $0.name == name }?.range?.upperBound
        case .expression: nil
        }
    }

    private func checkVerification(
        _ rule: WriteRule, _ node: Node, of point: PointDefinition, _ source: PointSource
    ) {
        let watched = ["current_limit", "power_limit", "phases_set", "failsafe_current", "failsafe_timeout"]
        if rule.verify == nil, node[text: "verify"] == nil, watched.contains(point.name), point.origin != .writeOnly {
            report(
                .verification, at: source.node.key("write")?.mark ?? node.mark,
                "\(point.name) must be read back: `verify` is missing", source.subject)
        }
        guard let verify = rule.verify, let place = node[text: "verify"] else { return }
        if point.origin == .writeOnly, verify.by == nil {
            report(
                .verification, at: place.mark, "a point without a read place is verified `by` another point",
                source.subject)
        }
        let gap = root[text: "link"]?[text: "timing"]?[text: "min_gap"]?.duration ?? .zero
        if verify.within < verify.after + gap || verify.within == .zero {
            report(
                .verification, at: place.place(of: "within"),
                "no reading can come `within` that time: it begins `after` and keeps `min_gap`", source.subject)
        }
    }
}
