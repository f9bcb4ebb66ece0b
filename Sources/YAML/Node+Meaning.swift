extension Node {
    /// True if both trees say the same: order of keys, quotes, indentation, notation of integer keys and places do not
    /// count; order of lists, every character of a value, and nothing against a quoted text do.
    public func sameMeaning(as other: Node) -> Bool {
        switch (content, other.content) {
        case (.scalar(let a), .scalar(let b)):
            return a.isNull == b.isNull && (a.isNull || a.text == b.text)
        case (.sequence(let a), .sequence(let b)):
            return a.count == b.count && zip(a, b).allSatisfy { $0.sameMeaning(as: $1) }
        case (.mapping(let a), .mapping(let b)):
            guard a.count == b.count else { return false }
            var values: [Key: Node] = [:]
            for pair in b {
                guard let key = pair.key.key else { return false }
                values[key] = pair.value
            }
            return a.allSatisfy { pair in
                guard let key = pair.key.key, let value = values[key] else { return false }
                return pair.value.sameMeaning(as: value)
            }
        default: return false
        }
    }
}
