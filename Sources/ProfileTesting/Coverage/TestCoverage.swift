/// How much of a profile its tests touch.
///
/// Four things count alike: every point read good once, every member of an enumeration reached, every write exercised,
/// every variant selected.
public struct TestCoverage: Hashable, Sendable, Codable {
    /// Points with a value of their own.
    public var points: Share
    /// Members, as `point: member`.
    public var members: Share
    /// Points that are written.
    public var writes: Share
    /// Variants by name, or `variant N`.
    public var variants: Share

    /// Things to touch, and those not touched.
    public struct Share: Hashable, Sendable, Codable {
        /// How many there are.
        public var total: Int
        /// Those that no test touched, in the order of the file.
        public var missing: [String]

        /// Makes a share.
        public init(total: Int, missing: [String]) {
            self.total = total
            self.missing = missing
        }

        /// How many were touched.
        public var covered: Int { total - missing.count }
    }

    /// Makes a coverage.
    public init(points: Share, members: Share, writes: Share, variants: Share) {
        self.points = points
        self.members = members
        self.writes = writes
        self.variants = variants
    }

    private var shares: [Share] { [points, members, writes, variants] }

    /// What was touched in per cent, rounded down; 100 where there is nothing to touch.
    public var percent: Int {
        let total = shares.reduce(0) { $0 + $1.total }
        return total == 0 ? 100 : shares.reduce(0) { $0 + $1.covered } * 100 / total
    }
}
