/// What is wrong with a set of circuits.
public enum CircuitError: Error, Hashable, Sendable {
    /// There is no circuit at all.
    case empty
    /// Two circuits have the same name.
    case duplicate(String)
    /// A circuit names a parent that does not exist.
    case unknownParent(node: String, parent: String)
    /// A circuit feeds itself, over the circuits named.
    case cycle([String])
    /// A limit or a reserve is negative or larger than any cable carries.
    case outOfRange(node: String, what: String, milliamperes: Int)
}

extension CircuitError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .empty: "there is no circuit: give the supply at least"
        case .duplicate(let id): "circuit '\(id)' is there twice: rename one of them"
        case .unknownParent(let node, let parent):
            "circuit '\(node)' hangs on '\(parent)', which does not exist: correct the parent's name"
        case .cycle(let ids):
            "circuits feed each other in a ring (\(ids.joined(separator: " → "))): one of them must hang on the supply"
        case .outOfRange(let node, let what, let current):
            "\(what) of circuit '\(node)' is \(Amperes.text(current)): "
                + "it must lie between 0 and \(Amperes.text(CircuitTree.largestCurrent))"
        }
    }
}
