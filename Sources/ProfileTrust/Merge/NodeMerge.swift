import YAML

/// The three-way merge of trees: mappings key by key; values and lists as a whole.
struct NodeMerge {
    /// What was changed on both sides, and not alike. There the local side is kept.
    private(set) var conflicts: [MergeConflict] = []

    /// What is to become of one key.
    enum Choice {
        /// As it is here.
        case ours
        /// As it is upstream; nil where it is gone there.
        case theirs(Node?)
        /// Both are mappings that were changed in different places, or may have been.
        case both(ours: Node, theirs: Node)
        /// Changed on both sides.
        case conflict
    }

    static func choice(_ base: Node?, _ ours: Node?, _ theirs: Node?) -> Choice {
        if same(ours, theirs) || same(base, theirs) { return .ours }
        if same(base, ours) { return .theirs(theirs) }
        if let ours, let theirs, ours.mapping != nil, theirs.mapping != nil { return .both(ours: ours, theirs: theirs) }
        return .conflict
    }

    static func same(_ a: Node?, _ b: Node?) -> Bool {
        switch (a, b) {
        case (nil, nil): true
        case (let a?, let b?): a.sameMeaning(as: b)
        default: false
        }
    }

    /// Merges two mappings; new keys stand where they stand upstream.
    mutating func merged(_ base: Node?, _ ours: Node, _ theirs: Node, path: [String] = []) -> Node {
        let mine = ours.mapping ?? []
        let new = theirs.mapping ?? []
        var pairs: [(key: Node, value: Node)] = []
        for pair in mine {
            guard let key = pair.key.key else { continue }
            let other = theirs[key]
            let here = path + [pair.key.text ?? ""]
            switch Self.choice(base?[key], pair.value, other) {
            case .ours: pairs.append(pair)
            case .theirs(let node): if let node { pairs.append((pair.key, node)) }
            case .both(let a, let b): pairs.append((pair.key, merged(base?[key], a, b, path: here)))
            case .conflict:
                conflicts.append(
                    MergeConflict(
                        path: here.joined(separator: "."), ours: pair.key.mark,
                        theirs: theirs.keyNode(key)?.mark ?? theirs.mark,
                        what: other == nil ? "changed here, removed upstream" : "changed here and upstream"))
                pairs.append(pair)
            }
        }
        for (place, pair) in new.enumerated() {
            guard let key = pair.key.key, ours[key] == nil else { continue }
            switch Self.choice(base?[key], nil, pair.value) {
            case .theirs:
                let before = new[..<place].last { sibling in pairs.contains { $0.key.key == sibling.key.key } }
                let at = before.flatMap { sibling in pairs.firstIndex { $0.key.key == sibling.key.key } }
                pairs.insert(pair, at: at.map { $0 + 1 } ?? 0)
            case .conflict:
                conflicts.append(
                    MergeConflict(
                        path: (path + [pair.key.text ?? ""]).joined(separator: "."), ours: ours.mark,
                        theirs: pair.key.mark, what: "removed here, changed upstream"))
            case .ours, .both: break
            }
        }
        return Node(mark: ours.mark, content: .mapping(pairs))
    }
}

extension Node {
    /// The node of the key itself, by the key as decoded.
    func keyNode(_ key: Key) -> Node? { mapping?.first { $0.key.key == key }?.key }
}
