import DriverAPI
import YAML

extension KeyForm {
    /// Whether the form stands for the node's kind: value, list or mapping.
    func fits(_ node: Node) -> Bool {
        switch self {
        case .list, .bounds: node.sequence != nil
        case .section, .map: node.mapping != nil
        case .localized: node.sequence == nil
        case .either(let forms): forms.contains { $0.fits(node) }
        case .later(_, let form): form.fits(node)
        default: node.scalar != nil
        }
    }

    var isLater: Bool { if case .later = self { true } else { false } }

    /// What is wrong with a single value of this form; nil for lists and mappings, which are checked part by part.
    func problem(with node: Node) -> (code: DiagnosticCode, message: String)? {
        if case .later(_, let form) = self { return form.problem(with: node) }
        guard let scalar = node.scalar, !scalar.isNull else {
            return fits(node) && node.scalar == nil ? nil : (.wrongKind, "expected \(words), found \(node.kind)")
        }
        return problem(with: scalar.text, node)
    }

    private func problem(with text: String, _ node: Node) -> (code: DiagnosticCode, message: String)? {
        do {
            switch self {
            case .text, .localized, .expression, .literal: return nil
            case .integer(let range):
                let number = try ValueText.integer(text)
                guard let range, number < range.lowerBound || number > range.upperBound else { return nil }
                return (.wrongKind, "\(text) is outside \(range.lowerBound)..\(range.upperBound)")
            case .number: _ = try ValueText.number(text)
            case .duration: _ = try ValueText.duration(text)
            case .quantity: _ = try ValueText.quantity(text)
            case .factor: _ = try ValueText.factor(text)
            case .unit: _ = try ValueText.unit(text)
            case .boolean: _ = try ValueText.boolean(text)
            case .address: _ = try ValueText.integer(text)
            case .span: _ = try ValueText.integers(text)
            case .budget: _ = try ValueText.budget(text)
            case .word(let words): return words.contains(text) ? nil : wordProblem(text, words)
            case .shaped(let shape): return shape.matches(text) ? nil : notA(text)
            case .either(let forms):
                return forms.contains { $0.fits(node) && $0.problem(with: node) == nil } ? nil : notA(text)
            case .list, .section, .map, .bounds, .later: return notA(text)
            }
        } catch {
            if case .factor = self { return (.unit, error.description) }
            return (error.code.flatMap(DiagnosticCode.init(rawValue:)) ?? .wrongKind, error.description)
        }
        return nil
    }

    private func notA(_ text: String) -> (DiagnosticCode, String) {
        (.wrongKind, "expected \(words), found \"\(text.shown)\"")
    }

    private func wordProblem(_ text: String, _ words: [String]) -> (DiagnosticCode, String) {
        let hint = closest(to: text, among: words).map { ", did you mean \"\($0)\"?" } ?? ""
        return (.wrongKind, "expected \(self.words), found \"\(text.shown)\"\(hint)")
    }

    /// The form in words, after "expected".
    var words: String {
        switch self {
        case .text: "a text"
        case .localized: "a text, or texts by language"
        case .boolean: "true or false"
        case .integer(let range): range.map { "a whole number \($0.lowerBound)..\($0.upperBound)" } ?? "a whole number"
        case .number: "a number"
        case .factor: "a decimal number without exponent, or a fraction of whole numbers"
        case .unit: "a unit"
        case .quantity: "a number and a unit, such as 6 A"
        case .duration: "a duration, such as 500 ms"
        case .address: "an address (a whole number)"
        case .span: TextShape.span.words
        case .budget: "a budget, such as 20/year (hour day week month year)"
        case .word(let words): words.count == 1 ? "\"\(words[0])\"" : "one of \(words.joined(separator: ", "))"
        case .shaped(let shape): shape.words
        case .expression: "an expression"
        case .literal: "a value"
        case .bounds: "a list of lower and upper end, such as [6 A, 16 A]"
        case .list(let item): item.isLeaf ? "a list of: \(item.words)" : "a list"
        case .section, .map: "a mapping"
        case .either(let forms): forms.filter { !$0.isLater }.map(\.words).joined(separator: ", or ")
        case .later(_, let form): form.words
        }
    }

    private var isLeaf: Bool {
        switch self {
        case .list, .section, .map, .either, .later: false
        default: true
        }
    }
}
