import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// Compiles every entry of `points`, one point per lane.
    func compilePoints() {
        for index in sources.indices { compile(sources[index], index) }
        joinScaleFactors()
    }

    private func compile(_ source: PointSource, _ index: Int) {
        checkOrigin(source)
        guard let shape = shape(of: index) else { return }
        checkSemantics(source, shape)
        let value = valueRule(source, shape)
        let presence = presence(source)
        let cases = decodeCases(source)
        let text = source.place.at.map { _ in source.place }
        let poll = source.node[text: "poll"]?.text.flatMap(PollClass.init(text:)) ?? head.defaults.poll
        for (lane, name) in source.names.enumerated() where sourceOfPoint[name]?.source == index {
            var origin = PointDefinition.Origin.writeOnly
            if let text {
                guard let place = decodePlace(text, lane: lane, of: source.names.count, source.subject) else { return }
                origin = .registers(place)
            } else if let expression = shape.expression {
                origin = .expression(expression)
            } else if let cases {
                origin = .cases(cases)
            }
            var point = PointDefinition(
                name: name, mark: source.key.mark, origin: origin, value: value, poll: poll, presence: presence,
                atomic: source.node[text: "atomic"]?.text, viewOf: source.node[text: "view_of"]?.text,
                personal: source.node[text: "personal"]?.boolean ?? false,
                secret: source.node[text: "secret"]?.boolean ?? false)
            if let write = source.node[text: "write"] { point.write = decodeWrite(write, of: point, source, lane) }
            indexOfPoint[name] = points.count
            points.append(point)
            origins.append((index, lane))
        }
    }

    /// A point has exactly one of `at`, `expr`, `cases`, or `write.at` alone.
    private func checkOrigin(_ source: PointSource) {
        let node = source.node
        guard node.mapping != nil else { return }
        let given = ["at", "expr", "cases"].filter { node[text: $0] != nil }
        if given.isEmpty, node[text: "write"]?[text: "at"] == nil {
            report(
                .wrongKind, at: source.key.mark, "a point has one of `at`, `expr`, `cases`, or `write` with `at` alone",
                source.subject)
        } else if given.count > 1, let mark = node.key(given[1])?.mark {
            report(.wrongKind, at: mark, "a point has either `\(given[0])` or `\(given[1])`", source.subject)
        }
        guard given.first == "expr" || given.first == "cases", node[text: "write"] == nil else { return }
        for (key, _) in node.mapping ?? [] where Self.registerKeys.contains(key.text ?? "") {
            report(.wrongKind, at: key.mark, "`\(key.text ?? "")` has no meaning on a derived point", source.subject)
        }
    }

    private static let registerKeys: Set<String> = [
        "table", "type", "words", "order", "bit", "bits", "byte", "split", "bcd", "digits", "as", "stride", "scale",
        "offset", "scale_from", "invalid", "enum", "flags", "atomic", "view_of",
    ]

    private func decodeCases(_ source: PointSource) -> [PointDefinition.Case]? {
        guard let nodes = source.node[text: "cases"]?.sequence else { return nil }
        let scope = NameScope(compiler: self)
        if nodes.isEmpty { report(.enumeration, at: source.key.mark, "the list of cases is empty", source.subject) }
        var cases: [PointDefinition.Case] = []
        for (position, node) in nodes.enumerated() {
            let isLast = position == nodes.count - 1
            let when = node[text: "when"]
            if isLast, let when {
                report(.enumeration, at: when.mark, "the last case has no `when`: it is what is left", source.subject)
            } else if !isLast, when == nil {
                report(.enumeration, at: node.mark, "only the last case has no `when`", source.subject)
            }
            guard let member = node[text: "is"]?.text else { continue }
            checkMember(node[text: "is"], of: source)
            let reason = node[text: "reason"]
            if let reason { checkReason(reason, source) }
            let condition = condition(when, in: scope, source.subject)
            if when != nil, condition == nil { continue }
            cases.append(.init(when: condition, member: member, reason: reason?.text))
        }
        return cases
    }

    private func checkMember(_ node: Node?, of source: PointSource) {
        guard let node, let text = node.text, let allowed = source.canonical?.members, !allowed.contains(text) else {
            return
        }
        let hint = closest(to: text, among: allowed).map { ", did you mean \"\($0)\"?" } ?? ""
        report(
            .enumeration, at: node.mark,
            "\"\(text)\" is not a value of \(source.names.first ?? "")\(hint) (\(allowed.joined(separator: ", ")))",
            source.subject)
    }

    func checkReason(_ node: Node, _ source: PointSource) {
        if source.names.first != "state" {
            report(.semantics, at: node.mark, "only the state has reasons", source.subject)
            return
        }
        guard let text = node.text, !CanonicalPoint.reasons.contains(text) else { return }
        let hint = closest(to: text, among: CanonicalPoint.reasons).map { ", did you mean \"\($0)\"?" } ?? ""
        report(
            .enumeration, at: node.mark,
            "\"\(text)\" is not a reason\(hint) (\(CanonicalPoint.reasons.joined(separator: ", ")))", source.subject)
    }

    private func presence(_ source: PointSource) -> Presence {
        guard let node = source.node[text: "present"] else { return .always }
        if node.text == "probe" { return .probe }
        return condition(node, in: NameScope(compiler: self), source.subject).map(Presence.when) ?? .always
    }
}
