/// One index that is trusted here, as it was found.
public struct TrustSource: Hashable, Sendable {
    /// Its name here.
    public var name: String
    /// Whether it came with the program, whose maker answers for what it lists.
    public var isOwn: Bool
    /// What it says, or why it does not count.
    public var found: Result<ProfileIndex, IndexRefusal>

    /// Makes a source.
    public init(name: String, isOwn: Bool = false, found: Result<ProfileIndex, IndexRefusal>) {
        self.name = name
        self.isOwn = isOwn
        self.found = found
    }

    /// What it says; nil where it does not count.
    public var index: ProfileIndex? { try? found.get() }
}
