/// What is wrong with a `SingleScenario` that could be read.
public enum ScenarioError: Error, Hashable, Sendable {
    /// The circuits make no tree.
    case circuits(CircuitError)
    /// A box hangs on a circuit that does not exist.
    case unknownNode(box: String, node: String)
    /// Two boxes have the same name.
    case duplicateBox(String)
    /// A number is too small or too large.
    case outOfRange(what: String, range: ClosedRange<Int>)
}

extension ScenarioError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .circuits(let error): error.description
        case .unknownNode(let box, let node): "box '\(box)' hangs on '\(node)', which does not exist: correct its node"
        case .duplicateBox(let id): "box '\(id)' is there twice: rename one of them"
        case .outOfRange(let what, let range):
            "\(what) must lie between \(range.lowerBound) and \(range.upperBound) (currents in mA, power in mW)"
        }
    }
}
