import YAML

/// Brings what was changed upstream into a file that was changed here, both since the same version.
///
/// The local text is kept with its remarks and its order; only what is new replaces lines of it. Where both sides changed
/// the same, the local side is kept and the place is reported.
public struct ThreeWayMerge: Sendable {
    /// The merged text; where there are conflicts the local side is kept.
    public let text: String
    /// What was changed on both sides, and not alike.
    public let conflicts: [MergeConflict]

    /// Merges. Throws the first of what makes one of the three texts no YAML mapping.
    public init(base: String, ours: String, theirs: String) throws(YAMLProblem) {
        let (old, mine, new) = (try Self.tree(base), try Self.tree(ours), try Self.tree(theirs))
        var merge = NodeMerge()
        let wanted = merge.merged(old, mine, new)
        conflicts = merge.conflicts
        var writer = TextMerge(ours: ours, theirs: theirs)
        let written = writer.text(old, mine, new)
        if let result = YAMLReader.read(written).root, result.sameMeaning(as: wanted) {
            text = written
        } else {
            // A layout that cannot be edited line by line loses its remarks; the old file is kept by whoever asks.
            text = FlowText.document(wanted)
        }
    }

    private static func tree(_ text: String) throws(YAMLProblem) -> Node {
        let (root, problems) = YAMLReader.read(text)
        if let problem = problems.first { throw problem }
        guard let root, root.mapping != nil else {
            throw YAMLProblem(code: .wrongKind, mark: Mark(line: 1, column: 1), message: "the file is no mapping")
        }
        return root
    }
}
