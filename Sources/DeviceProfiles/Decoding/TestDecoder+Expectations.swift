import DriverAPI
import YAML

extension TestDecoder {
    /// Expected values by name, read by the type of what they name.
    func decodeExpected(
        _ node: Node?, _ subject: String
    ) -> [(name: String, value: ExpectedValue, mark: Mark)] {
        (node?.mapping ?? []).compactMap { key, value in
            guard let name = key.text, name != "identify", name != "not" else { return nil }
            guard let kind = kind(of: name, key, subject) else { return nil }
            return expected(value, kind, subject).map { (name, $0, key.mark) }
        }
    }

    private func kind(of name: String, _ key: Node, _ subject: String) -> ValueRule.Kind? {
        if name == "state.reason" { return .member(CanonicalPoint.reasons) }
        if let point = points[name] { return point.value.kind }
        if name.hasPrefix("fact."), let type = compiler.head.factTypes[String(name.dropFirst(5))] {
            return compiler.head.identify?.facts.first { "fact." + $0.name == name }?.value.kind
                ?? (type == .unknown ? nil : .text)
        }
        if compiler.sourceOfPoint[name] != nil { return nil }
        let facts = compiler.head.factTypes.keys.map { "fact." + $0 }
        let hint = closest(to: name, among: Array(points.keys) + facts).map { ", did you mean \"\($0)\"?" } ?? ""
        report(.expression, at: key.mark, "there is no point \"\(name.shown)\"\(hint)", subject)
        return nil
    }

    private func expected(_ node: Node, _ kind: ValueRule.Kind, _ subject: String) -> ExpectedValue? {
        if node.mapping == nil { return plain(node, kind, subject) }
        var expected = ExpectedValue(value: nil)
        if let value = node[text: "value"] {
            guard let found = plain(value, kind, subject) else { return nil }
            expected = found
        }
        guard let place = node[text: "quality"], let word = place.text else { return expected }
        guard let quality = Quality(rawValue: word) else {
            let words = Quality.allCases.map(\.rawValue)
            let hint = closest(to: word, among: words).map { ", did you mean \"\($0)\"?" } ?? ""
            report(.wrongKind, at: place.mark, "\"\(word.shown)\" is not a quality\(hint)", subject)
            return nil
        }
        expected.quality = quality
        return expected
    }

    /// A value, a value with tolerance, a list of flags, or a quality in plain letters.
    private func plain(_ node: Node, _ kind: ValueRule.Kind, _ subject: String) -> ExpectedValue? {
        do {
            if let texts = node.texts { return ExpectedValue(value: try ValueText.value(texts, of: kind)) }
            guard let scalar = node.scalar, !scalar.isNull else { return nil }
            if scalar.style == .plain, let quality = Quality(rawValue: scalar.text) {
                return ExpectedValue(value: nil, quality: quality)
            }
            switch kind {
            case .number(let unit):
                let (value, tolerance) = try ValueText.withTolerance(scalar.text, in: unit.dimension)
                return ExpectedValue(value: .number(value), tolerance: tolerance ?? 0)
            case .member(let members):
                if let whole = try? ValueText.integer(scalar.text), members.contains(scalar.text) {
                    return ExpectedValue(value: .number(Exact(integer: whole)))
                }
                return ExpectedValue(value: try ValueText.value(scalar.text, of: kind))
            case .bool, .text, .version, .flags:
                return ExpectedValue(value: try ValueText.value(scalar.text, of: kind))
            }
        } catch {
            report(error, at: node.mark, subject)
            return nil
        }
    }

    func report(_ problem: ValueProblem, at mark: Mark, _ subject: String) {
        compiler.report(problem, at: mark, else: .wrongKind, subject)
    }
}
