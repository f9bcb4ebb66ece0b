import YAML

/// A place that was changed both here and upstream, and not alike.
public struct MergeConflict: Hashable, Sendable {
    /// The keys that lead there, such as `points.power.scale`.
    public var path: String
    /// Where it is in the local file; the place of what is around it where it was removed.
    public var ours: Mark
    /// Where it is in the new file; the place of what is around it where it was removed.
    public var theirs: Mark
    /// What was done here, and what upstream.
    public var what: String

    /// Makes one.
    public init(path: String, ours: Mark, theirs: Mark, what: String) {
        self.path = path
        self.ours = ours
        self.theirs = theirs
        self.what = what
    }

    /// `file:line:column` of the local file, and what is in the way.
    public func text(file: String, newFile: String) -> String {
        "\(file):\(ours) \(path): \(what) (\(newFile):\(theirs))"
    }
}
