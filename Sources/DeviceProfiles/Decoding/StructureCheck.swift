import DriverAPI
import YAML

/// Compares a node tree with the table of keys: unknown keys, wrong kinds, missing keys, constructs of later versions.
///
/// What passes here has the shape that the decoders expect; what the decoders can not read was reported here.
struct StructureCheck {
    let list: DiagnosticList
    /// The features that the profile names in `needs`.
    let needs: Set<String>
    /// A patch may leave keys out and remove them with `~`.
    let isPatch: Bool

    /// Checks `node` against a section's keys.
    func check(_ node: Node, _ name: SectionName, subject: String? = nil) {
        guard let pairs = node.mapping else {
            wrongKind(node, expected: "a mapping", subject)
            return
        }
        let section = KeyTable.section(name)
        for (key, value) in pairs { check(key, value, section, subject) }
        guard !isPatch else { return }
        for rule in section.keys {
            guard case .required(let code) = rule.presence, node[text: rule.name] == nil else { continue }
            list.add(code, at: node.mark, "key \"\(rule.name)\" is missing: \(rule.note.asClause)", subject: subject)
        }
        if !section.oneOf.isEmpty, !section.oneOf.contains(where: { node[text: $0] != nil }) {
            let keys = section.oneOf.count > 8 ? "a value" : section.oneOf.joined(separator: ", ")
            list.add(.wrongKind, at: node.mark, "one of these keys is missing: \(keys)", subject: subject)
        }
    }

    private func check(_ key: Node, _ value: Node, _ section: KeySection, _ subject: String?) {
        if let rule = section.rule(key.text ?? "") {
            if isPatch, value.scalar?.isTilde == true { return }
            check(value, rule.form, key: key, subject: subject)
        } else if let others = section.others, others.keys.matches(key.text ?? "") {
            check(value, others.form, key: key, subject: subject)
        } else {
            list.add(YAMLProblem.unknownKey(key, allowed: section.names), subject: subject)
        }
    }

    /// Checks `node` against a form; `key` is the key it stands behind.
    func check(_ node: Node, _ form: KeyForm, key: Node, subject: String?) {
        switch form {
        case .section(.variant): checkVariant(node)
        case .section(let name): check(node, name, subject: subject)
        case .list(let item):
            guard let items = node.sequence else { return wrongKind(node, expected: form.words, subject) }
            for node in items { check(node, item, key: key, subject: subject) }
        case .map(let shape, let item): checkMap(node, shape, item, form, key: key, subject)
        case .localized where node.mapping != nil: checkTexts(node, subject)
        case .bounds:
            guard let items = node.sequence, items.count == 2, items.allSatisfy({ $0.isSingle }) else {
                return wrongKind(node, expected: form.words, subject)
            }
        case .later(let feature, _): checkLater(node, feature, key: key, subject)
        case .either(let forms): checkEither(node, forms, form, key: key, subject)
        default:
            if let problem = form.problem(with: node) {
                list.add(problem.code, at: node.mark, problem.message, subject: subject)
            }
        }
    }

    /// A variant must say when it holds; the rest of it is a patch.
    private func checkVariant(_ node: Node) {
        StructureCheck(list: list, needs: needs, isPatch: true).check(node, .variant)
        if node.mapping != nil, node[text: "when"] == nil {
            list.add(.wrongKind, at: node.mark, "key \"when\" is missing: the condition, over options and facts")
        }
    }

    private func checkMap(
        _ node: Node, _ shape: TextShape, _ item: KeyForm, _ form: KeyForm, key: Node, _ subject: String?
    ) {
        guard let pairs = node.mapping else { return wrongKind(node, expected: form.words, subject) }
        for (name, value) in pairs {
            let text = name.text ?? ""
            let inner = subject ?? key.text.flatMap(Self.subjects(_:)).map { "\($0) \(text)" }
            if !shape.matches(text) {
                list.add(.wrongKind, at: name.mark, "\"\(text.shown)\" is not \(shape.words)", subject: subject)
            }
            if isPatch, value.scalar?.isTilde == true { continue }
            check(value, item, key: name, subject: inner)
        }
    }

    private static func subjects(_ key: String) -> String? {
        switch key {
        case "points": "point"
        case "options": "option"
        case "facts": "fact"
        case "fixtures": "fixture"
        default: nil
        }
    }

    private func checkTexts(_ node: Node, _ subject: String?) {
        for (language, text) in node.mapping ?? [] {
            if !TextShape.language.matches(language.text ?? "") {
                list.add(
                    .wrongKind, at: language.mark,
                    "\"\((language.text ?? "").shown)\" is not two letters of a language",
                    subject: subject)
            }
            if !text.isSingle { wrongKind(text, expected: "a text", subject) }
        }
        if node[text: "en"] == nil {
            list.add(.text, at: node.mark, "the text in English (`en`) is missing", subject: subject)
        }
    }

    private func checkLater(_ node: Node, _ feature: LaterFeature, key: Node, _ subject: String?) {
        let name = (key.text ?? "") + (node.text.map { ": " + $0.shown } ?? "")
        if let need = feature.need {
            if needs.contains(need) { return }
            list.add(
                .needs, at: key.mark,
                "\"\(name)\" needs `needs: [\(need)]` and a host with that feature; this host has it in a later version",
                subject: subject)
        } else {
            list.add(.needs, at: key.mark, "\"\(name)\" comes with a later version of the host", subject: subject)
        }
    }

    private func checkEither(_ node: Node, _ forms: [KeyForm], _ form: KeyForm, key: Node, _ subject: String?) {
        let fitting = forms.filter { $0.fits(node) }
        if let only = fitting.first, fitting.count == 1 { return check(node, only, key: key, subject: subject) }
        if fitting.contains(where: { $0.problem(with: node) == nil && !$0.isLater }) { return }
        if let later = fitting.first(where: { $0.isLater && $0.problem(with: node) == nil }) {
            return check(node, later, key: key, subject: subject)
        }
        wrongKind(node, expected: form.words, subject)
    }

    private func wrongKind(_ node: Node, expected: String, _ subject: String?) {
        list.add(YAMLProblem.wrongKind(node, expected: expected), subject: subject)
    }
}

extension String {
    /// The sentence as a part of another: first letter small, no full stop.
    fileprivate var asClause: String {
        let body = hasSuffix(".") ? dropLast() : self[...]
        guard let second = body.dropFirst().first, second.isLowercase || second == " " else { return String(body) }
        return body.prefix(1).lowercased() + body.dropFirst()
    }

    /// Cut to what a message can show.
    var shown: String { count > 40 ? prefix(40) + "…" : self }
}
