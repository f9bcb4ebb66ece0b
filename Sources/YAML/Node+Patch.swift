extension Node {
    /// This tree with a patch applied: mappings merge key by key (keys as decoded), values and lists replace, a plain
    /// `~` removes the key.
    ///
    /// Replaced and new parts keep the places of the patch, so a message about them points there. New keys come last,
    /// in the patch's order. A mapping put where there was none loses its `~` keys too (as RFC 7396 has it for JSON).
    public func patched(with patch: Node) -> Node {
        guard let changes = patch.mapping else { return patch }
        let base = mapping
        var pairs = base ?? []
        for change in changes {
            let at = pairs.firstIndex { $0.key.key == change.key.key }
            if change.value.scalar?.isTilde == true {
                if let at { pairs.remove(at: at) }
            } else if let at {
                let value = pairs[at].value.patched(with: change.value)
                let merged = pairs[at].value.mapping != nil && change.value.mapping != nil
                pairs[at] = (merged ? pairs[at].key : change.key, value)
            } else {
                let empty = Node(mark: change.value.mark, content: .mapping([]))
                pairs.append((change.key, empty.patched(with: change.value)))
            }
        }
        return Node(mark: base == nil ? patch.mark : mark, content: .mapping(pairs))
    }

    /// This mapping without some keys, as for taking `when` and `name` off a patch; other nodes are returned as they
    /// are.
    public func without(_ keys: String...) -> Node {
        guard let mapping else { return self }
        let unwanted = Set(keys.map { Key($0) })
        let kept = mapping.filter { pair in pair.key.key.map { !unwanted.contains($0) } ?? true }
        return Node(mark: mark, content: .mapping(kept))
    }
}
