/// Collections that the standard library writes in an order that is another one in every process.
protocol Unordered: SendableMetatype {
    /// Puts what the collection wrote into the order of its values.
    static func sorted(_ tree: Tree) -> Tree
}

extension Set: Unordered {
    static func sorted(_ tree: Tree) -> Tree {
        guard case .list(let elements) = tree else { return tree }
        return .list(elements.sorted())
    }
}

extension Dictionary: Unordered {
    /// Keys that are neither text nor numbers: keys and values come in turns.
    static func sorted(_ tree: Tree) -> Tree {
        guard case .list(let elements) = tree else { return tree }
        let pairs = stride(from: 0, to: elements.count - 1, by: 2).map { (elements[$0], elements[$0 + 1]) }
        return .list(pairs.sorted { $0.0 < $1.0 }.flatMap { [$0.0, $0.1] })
    }
}

/// What stands for a value that a recording does not have, because the field came later.
protocol Missable {
    static var missing: Self { get }
}

extension Array: Missable {
    static var missing: [Element] { [] }
}

extension Set: Missable {
    static var missing: Set<Element> { [] }
}

extension Dictionary: Missable {
    static var missing: [Key: Value] { [:] }
}

extension Optional: Missable {
    static var missing: Wrapped? { nil }
}
