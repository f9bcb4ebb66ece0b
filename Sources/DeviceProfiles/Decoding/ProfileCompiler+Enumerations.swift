import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// The rows of `enum` and the kind of value that they make (P023).
    func enumeration(_ node: Node, _ source: PointSource, _ type: RawType) -> PointShape? {
        guard let pairs = node.mapping, !pairs.isEmpty else {
            if node.mapping != nil { report(.enumeration, at: node.mark, "the enumeration is empty", source.subject) }
            return nil
        }
        let members = pairs.compactMap { $0.value.text }.filter { $0 != "no-data" }
        let kind = kind(ofMembers: members, source)
        var shape = PointShape(kind: kind)
        if case .number = kind { shape.unit = units(source).unit }
        for (key, value) in pairs {
            guard let match = match(key, type, source.subject), let text = value.text else { continue }
            shape.entries.append(.init(match: match, value: self.value(ofMember: text, kind, shape.unit)))
        }
        checkMembers(pairs, kind, source)
        return shape
    }

    /// All members whole numbers: a number; all booleans: a boolean; else members.
    func kind(ofMembers members: [String], _ source: PointSource) -> ValueRule.Kind {
        if !members.isEmpty, members.allSatisfy({ (try? ValueText.integer($0)) != nil }) {
            return .number(units(source).canonical)
        }
        if !members.isEmpty, members.allSatisfy({ $0 == "true" || $0 == "false" }) { return .bool }
        return .member(members.unique)
    }

    private func value(ofMember text: String, _ kind: ValueRule.Kind, _ unit: Unit?) -> Value? {
        if text == "no-data" { return nil }
        if case .bool = kind { return .bool(text == "true") }
        guard let whole = try? ValueText.integer(text) else { return .member(text) }
        return Exact(integer: whole).multiplied(by: unit?.factor ?? 1).map(Value.number)
    }

    /// The raw side of a row of `enum` or `reasons`.
    func match(_ key: Node, _ type: RawType, _ subject: String) -> ValueRule.EnumEntry.Match? {
        guard let text = key.text else { return nil }
        if text == "other" { return .other }
        if type.isText || type == .version { return .text(text) }
        do {
            let range = try ValueText.integers(text)
            if let allowed = type.integerRange,
                !(allowed.contains(range.lowerBound) && allowed.contains(range.upperBound))
            {
                report(.rawRange, at: key.mark, "\(text) is outside type \(type.rawValue)", subject)
                return nil
            }
            return .integers(range)
        } catch {
            report(error, at: key.mark, else: .enumeration, subject)
            return nil
        }
    }

    private func checkMembers(_ pairs: [(key: Node, value: Node)], _ kind: ValueRule.Kind, _ source: PointSource) {
        checkRows(pairs.map(\.key), source)
        for (_, value) in pairs {
            guard let text = value.text, text != "no-data" else { continue }
            if case .member = kind, text == "true" || text == "false" {
                report(.enumeration, at: value.mark, "booleans and members do not mix", source.subject)
            }
            guard let allowed = source.canonical?.members, !allowed.contains(text) else { continue }
            let hint = closest(to: text, among: allowed).map { ", did you mean \"\($0)\"?" } ?? ""
            let list = allowed.joined(separator: ", ")
            report(
                .enumeration, at: value.mark,
                "\"\(text)\" is not a value of \(source.names.first ?? "")\(hint) (\(list))",
                source.subject)
        }
        let isState = source.names.first == "state"
        if isState, !pairs.contains(where: { $0.key.text == "other" }) {
            report(
                .enumeration, at: pairs[0].key.mark, "the state needs a row `other` for raw values not listed",
                source.subject)
        }
    }

    /// Rows must not overlap: only one of them would ever be used.
    private func checkRows(_ keys: [Node], _ source: PointSource) {
        let rows = keys.enumerated().compactMap { index, key in key.span.map { (span: $0, index: index) } }
            .sorted { $0.span.lowerBound < $1.span.lowerBound }
        for (a, b) in zip(rows, rows.dropFirst()) where a.span.upperBound >= b.span.lowerBound {
            let (first, second) = (keys[min(a.index, b.index)], keys[max(a.index, b.index)])
            report(
                .enumeration, at: second.mark, "\(second.text ?? "") and \(first.text ?? "") overlap", source.subject)
        }
    }

    /// Names of bits by number.
    func flags(_ node: Node, _ type: RawType, _ text: PlaceText, _ subject: String) -> [Int: String] {
        var names: [Int: String] = [:]
        let width = (type.fixedWords ?? text.words?.int ?? 1) * 16
        if !type.isInteger {
            report(.semantics, at: node.mark, "flags need an integer type, not \(type.rawValue)", subject)
        }
        for (key, value) in node.mapping ?? [] {
            guard let bit = key.int, (0..<min(width, 64)).contains(bit), let name = value.text else {
                report(
                    .rawRange, at: key.mark, "bit \"\((key.text ?? "").shown)\" is outside 0..\(min(width, 64) - 1)",
                    subject)
                continue
            }
            if names.values.contains(name) {
                report(.enumeration, at: value.mark, "flag \(name) stands twice", subject)
            }
            names[bit] = name
        }
        return names
    }
}
