import DriverAPI
import YAML

extension ProfileCompiler {
    /// An expression of any type; nil where it is wrong, which is reported (P040).
    func expression(_ node: Node, in scope: NameScope, _ subject: String?) -> (Expression, ExpressionType)? {
        guard let scalar = node.scalar, !scalar.isNull else { return nil }
        let mark = ExpressionParser.textMark(of: scalar, at: node.mark)
        switch ExpressionParser.parse(scalar.text, at: mark, context: scope) {
        case .success(let result): return result
        case .failure(let problem):
            report(.expression, at: problem.mark, problem.message, subject)
            return nil
        }
    }

    /// An expression that must yield `type`.
    func expression(
        _ node: Node?, yielding type: ExpressionType, in scope: NameScope, _ subject: String?
    ) -> Expression? {
        guard let node, let (expression, found) = expression(node, in: scope, subject) else { return nil }
        guard type.accepts(found) else {
            let fault = ExpressionFault.result(needs: type, found: found)
            report(.expression, at: node.mark, fault.description, subject)
            return nil
        }
        return expression
    }

    /// A condition.
    func condition(_ node: Node?, in scope: NameScope, _ subject: String?) -> Expression? {
        expression(node, yielding: .bool, in: scope, subject)
    }

    /// A condition with the words of the file, for refusals.
    func wordedCondition(
        _ node: Node?, in scope: NameScope, _ subject: String?
    ) -> (expression: Expression, text: String)? {
        condition(node, in: scope, subject).map { ($0, node?.text ?? "") }
    }

    /// A literal or an expression of one dimension; a wrong literal is a finding of `code`.
    func bound(
        _ node: Node, _ dimension: Dimension, in scope: NameScope, _ code: DiagnosticCode, _ subject: String?
    ) -> Bound? {
        guard let text = node.text else { return nil }
        do {
            return .fixed(try ValueText.canonical(text, in: dimension))
        } catch {
            if text.looksLikeLiteral {
                report(error, at: node.mark, else: code, subject)
                return nil
            }
        }
        return expression(node, yielding: .number(dimension), in: scope, subject).map(Bound.init)
    }

    /// Lower and upper end.
    func bounds(
        _ node: Node?, _ dimension: Dimension, in scope: NameScope, _ code: DiagnosticCode, _ subject: String?
    ) -> (low: Bound, high: Bound)? {
        guard let items = node?.sequence, items.count == 2, let node else { return nil }
        let low = bound(items[0], dimension, in: scope, code, subject)
        let high = bound(items[1], dimension, in: scope, code, subject)
        guard let low, let high else { return nil }
        if case .fixed(let a) = low, case .fixed(let b) = high, a > b {
            report(code, at: node.mark, "the range is empty: its lower end is above its upper end", subject)
            return nil
        }
        return (low, high)
    }

    /// What a step writes: a literal of the point's kind, `raw N`, or an expression.
    func writeValue(_ node: Node, of kind: ValueRule.Kind, in scope: NameScope, _ subject: String?) -> WriteValue? {
        guard let text = node.text, let scalar = node.scalar, !scalar.isNull else { return nil }
        do {
            if let raw = try ValueText.raw(text) { return .raw(raw) }
            if !(kind == .text && text.looksLikeName) { return .value(try ValueText.value(text, of: kind)) }
        } catch {
            if text.looksLikeLiteral || kind == .bool && !text.looksLikeName && !text.contains(" ") {
                report(error, at: node.mark, else: .expression, subject)
                return nil
            }
        }
        guard let expression = expression(node, yielding: ExpressionType(kind), in: scope, subject) else { return nil }
        if case .literal(let value) = expression { return .value(value) }
        return .expression(expression)
    }
}

extension Bound {
    /// A literal is fixed.
    init(_ expression: Expression) {
        if case .literal(.number(let number)) = expression {
            self = .fixed(number)
        } else {
            self = .expression(expression)
        }
    }
}

extension String {
    /// A number with or without something behind it, and nothing to calculate.
    var looksLikeLiteral: Bool {
        guard let first = utf8.first, (48...57).contains(first) || first == UInt8(ascii: "-") else {
            return self == "true" || self == "false" || hasPrefix("raw")
        }
        return !contains { "*/+()<>=".contains($0) } && !contains(" - ")
    }

    /// A name that only expressions know.
    var looksLikeName: Bool {
        hasPrefix("option.") || hasPrefix("fact.") || self == "command" || self == "told" || hasPrefix("'")
    }
}
