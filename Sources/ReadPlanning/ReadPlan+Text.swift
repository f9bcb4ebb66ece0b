extension ReadPlan.Entry: CustomStringConvertible {
    /// `04 0x0034+20`, with another unit id in front: `@200 03 0x0064+6`.
    public var description: String { (unit.map { "@\($0) " } ?? "") + request.description }
}

extension ReadPlan: CustomStringConvertible {
    /// The requests, parted by commas.
    public var description: String { entries.map(\.description).joined(separator: ", ") }
}
