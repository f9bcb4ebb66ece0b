/// What is wrong with what load management is given: it goes on without it, on the safe side, and says so.
public enum InputProblem: Hashable, Codable, Sendable {
    /// Two boxes of the limits have the same name: neither is started, for nobody knows which of the two is meant.
    case duplicateBox(String)
    /// The snapshot names a box twice: the first counts.
    case duplicateWish(String)
    /// A box hangs on a circuit that does not exist: it is not started, and counts on the first supply.
    case unknownNode(box: String, node: String)
    /// Something is given for a circuit that does not exist: a load or a meter is left out, a budget holds for all boxes.
    case unknownCircuit(String, what: String)
    /// A number can be no current, power or time of a site: it is held to `range`.
    case outOfRange(what: String, value: Int, range: ClosedRange<Int>)
}

extension InputProblem: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .duplicateBox(let id): "box '\(id)' is there twice and is not started: rename one of them"
        case .duplicateWish(let id): "box '\(id)' is named twice in one snapshot: the first counts"
        case .unknownNode(let box, let node):
            "box '\(box)' hangs on circuit '\(node)', which does not exist, and is not started: correct its node"
        case .unknownCircuit(let id, let what): "\(what) names circuit '\(id)', which does not exist: correct its name"
        case .outOfRange(let what, let value, let range):
            "\(what) is \(value), which must lie between \(range.lowerBound) and \(range.upperBound) "
                + "(currents in mA, power in mW): it is held to that"
        }
    }
}
