/// A list or mapping that is being read.
struct Collection {
    let mark: Mark
    private let isMapping: Bool
    private var items: [Node] = []
    private var pairs: [(key: Node, value: Node)] = []
    private var key: Node?
    private var seen: [Key: Mark] = [:]
    /// The value that follows is read but not kept: its key was refused.
    private var dropsNext = false

    init(mark: Mark, isMapping: Bool) {
        self.mark = mark
        self.isMapping = isMapping
    }

    var node: Node { Node(mark: mark, content: isMapping ? .mapping(pairs) : .sequence(items)) }

    /// Adds an item, a key, or the value of the last key; returns what is wrong with a key.
    mutating func add(_ node: Node) -> YAMLProblem? {
        if !isMapping {
            items.append(node)
        } else if let key {
            pairs.append((key, node))
            self.key = nil
        } else if dropsNext {
            dropsNext = false
        } else if let problem = refusal(of: node) {
            dropsNext = true
            return problem
        } else {
            key = node
        }
        return nil
    }

    private mutating func refusal(of node: Node) -> YAMLProblem? {
        guard let scalar = node.scalar else {
            return .wrongKind(node, expected: "a word or a number as key")
        }
        if scalar.text == "<<", scalar.style == .plain {
            let text = "merge keys ('<<') are not allowed; write the keys out"
            return YAMLProblem(code: .anchor, mark: node.mark, message: text)
        }
        let key = Key(scalar.text)
        if let first = seen[key] {
            let text = "duplicate key \(quoted(scalar.text)); it is already in line \(first.line)"
            return YAMLProblem(code: .duplicateKey, mark: node.mark, message: text)
        }
        seen[key] = node.mark
        return nil
    }
}
