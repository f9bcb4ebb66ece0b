import DriverAPI
import YAML

/// Reads, resolves and checks expressions of the profile language ("Expressions").
public enum ExpressionParser {
    /// Reads one expression.
    ///
    /// `mark` is the place of the first character of `text`; problems carry it moved to the offending character. The
    /// first problem is reported.
    public static func parse(
        _ text: String, at mark: Mark, context: some ExpressionContext
    ) -> Result<(Expression, ExpressionType), ExpressionProblem> {
        do {
            var parser = try ExpressionSyntaxParser(text)
            let checked = try ExpressionChecker(context: context).check(try parser.parse())
            return .success((checked.expression, checked.type))
        } catch {
            return .failure(ExpressionProblem(mark: mark.moved(by: error.offset), fault: error.fault))
        }
    }

    /// Reads one expression that must yield `type`: `.bool` for conditions, `.number(.current)` for a limit in A.
    public static func parse(
        _ text: String, yielding type: ExpressionType, at mark: Mark, context: some ExpressionContext
    ) -> Result<Expression, ExpressionProblem> {
        switch parse(text, at: mark, context: context) {
        case .failure(let problem): .failure(problem)
        case .success((let expression, let found)):
            type.accepts(found)
                ? .success(expression) : .failure(.init(mark: mark, fault: .result(needs: type, found: found)))
        }
    }

    /// Reads a condition out of a scalar of the file; inside quotes the text begins one character later.
    public static func condition(
        _ scalar: Scalar, at mark: Mark, context: some ExpressionContext
    ) -> Result<Expression, ExpressionProblem> {
        parse(scalar.text, yielding: .bool, at: textMark(of: scalar, at: mark), context: context)
    }

    /// Where the text of a scalar begins, when the scalar begins at `mark`.
    public static func textMark(of scalar: Scalar, at mark: Mark) -> Mark {
        scalar.style == .singleQuoted || scalar.style == .doubleQuoted ? mark.moved(by: 1) : mark
    }
}

extension Mark {
    /// The place `columns` further to the right.
    func moved(by columns: Int) -> Mark { Mark(line: line, column: column + columns) }
}
