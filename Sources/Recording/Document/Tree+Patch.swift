extension Tree {
    /// What has to be done to `before` to get this tree: of records and dictionaries only what has changed, with null for
    /// what is gone; of anything else the whole. Nil if they are equal.
    func patch(from before: Tree) -> Tree? {
        guard self != before else { return nil }
        switch (before, self) {
        case (.record(let old), .record(let new)), (.map(let old), .map(let new)):
            var changes: [Field] = []
            for field in new {
                guard let value = old.first(where: { $0.key == field.key })?.value else {
                    changes.append(field)
                    continue
                }
                if let change = field.value.patch(from: value) { changes.append(Field(field.key, change)) }
            }
            for field in old where !new.contains(where: { $0.key == field.key }) {
                changes.append(Field(field.key, .absent))
            }
            return .record(changes)
        default: return self
        }
    }

    /// The tree after `patch`, which came from JSON like the tree itself.
    func patched(_ patch: Tree?) -> Tree {
        guard let patch else { return self }
        guard case .record(let changes) = patch, case .record(var fields) = self else { return patch }
        for change in changes {
            if let place = fields.firstIndex(where: { $0.key == change.key }) {
                fields[place].value = fields[place].value.patched(change.value)
            } else {
                fields.append(change)
            }
        }
        return .record(fields)
    }
}
