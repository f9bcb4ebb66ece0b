import YAML

/// What is wrong with an expression, and where.
public struct ExpressionProblem: Error, Hashable, Sendable {
    /// The place of the offending character, counted inside the file.
    public let mark: Mark
    /// What is wrong.
    public let fault: ExpressionFault

    /// Makes a problem.
    public init(mark: Mark, fault: ExpressionFault) {
        self.mark = mark
        self.fault = fault
    }

    /// The code of the validation rule, always P040.
    public var code: String { "P040" }
    /// The sentence for people.
    public var message: String { fault.description }
}

extension ExpressionProblem: CustomStringConvertible {
    /// `line:column code text`.
    public var description: String { "\(mark) \(code) \(message)" }
}
