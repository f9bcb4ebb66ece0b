import YAML

/// A patch that holds under a condition.
public struct Variant: Sendable {
    /// Its name, for reports.
    public var name: String?
    /// The condition.
    public var when: Expression
    /// The patch, without `when` and `name`.
    public var patch: Node

    /// Makes a variant.
    public init(name: String?, when: Expression, patch: Node) {
        self.name = name
        self.when = when
        self.patch = patch
    }
}
