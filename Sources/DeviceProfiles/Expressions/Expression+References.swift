extension Expression {
    /// The names it uses, each once, in the order of first use; lanes as points. For cycles, presence and planning.
    public var references: [Reference] {
        var found: [Reference] = []
        collect(into: &found)
        return found
    }

    private func collect(into found: inout [Reference]) {
        switch self {
        case .literal: break
        case .name(.lanes(let names)):
            for name in names { Self.add(.point(name), to: &found) }
        case .name(let reference): Self.add(reference, to: &found)
        case .not(let inner), .negative(let inner): inner.collect(into: &found)
        case .binary(_, let left, let right, _):
            left.collect(into: &found)
            right.collect(into: &found)
        case .contained(let subject, let items, _):
            subject.collect(into: &found)
            for item in items {
                item.low.collect(into: &found)
                item.high?.collect(into: &found)
            }
        case .call(_, let arguments):
            for argument in arguments { argument.collect(into: &found) }
        }
    }

    private static func add(_ reference: Reference, to found: inout [Reference]) {
        if !found.contains(reference) { found.append(reference) }
    }

    /// The points among the names it uses.
    public var points: [String] {
        references.compactMap { if case .point(let name) = $0 { name } else { nil } }
    }
}
