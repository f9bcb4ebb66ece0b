/// Why some points can not be read under the constraints; the others are planned all the same.
public struct PlanProblem: Error, Hashable, Sendable {
    /// What stands in the way; addresses as on the wire.
    public enum Reason: Hashable, Sendable {
        /// It begins below 0, ends above 65535, or is empty.
        case noSuchAddress(address: Int, count: Int)
        /// It is not inside one readable island.
        case notReadable(ClosedRange<Int>)
        /// It covers addresses that must not be read.
        case forbidden(ClosedRange<Int>)
        /// One request may not be so long, and it may not be cut.
        case tooWide(count: Int, maxRead: Int)
        /// It reaches across the border of an island that answers only as a whole.
        case crossesWhole(ClosedRange<Int>)
        /// Points to be read in one request lie in different units, tables or islands.
        case atomicApart(String)
        /// Between points to be read in one request is a gap that must not be bridged.
        case atomicGap(String, ClosedRange<Int>)
    }

    /// The points that are not read.
    public var points: [String]
    /// Their table.
    public var table: RegisterTable
    /// Their unit id, where it is not the device's own.
    public var unit: UInt8?
    /// What stands in the way.
    public var reason: Reason

    /// Makes a problem.
    public init(points: [String], table: RegisterTable, unit: UInt8? = nil, reason: Reason) {
        self.points = points
        self.table = table
        self.unit = unit
        self.reason = reason
    }
}

extension PlanProblem: CustomStringConvertible {
    /// One sentence: which points, what is wrong, what to change.
    public var description: String {
        let who = points.joined(separator: ", ")
        return "\(who): \(reason.text(table))"
    }
}

extension PlanProblem.Reason {
    fileprivate func text(_ table: RegisterTable) -> String {
        func span(_ range: ClosedRange<Int>) -> String {
            range.count == 1 ? "\(table) \(range.lowerBound)" : "\(table) \(range.lowerBound)..\(range.upperBound)"
        }
        return switch self {
        case .noSuchAddress(let address, let count):
            "\(table) \(address)+\(count) is not within 0..65535; correct the address or the length"
        case .notReadable(let range):
            "\(span(range)) is not inside one readable island; move the point or widen `readable`"
        case .forbidden(let range):
            "\(span(range)) covers a forbidden address; move the point or narrow `forbidden`"
        case .tooWide(let count, let maxRead):
            "\(count) addresses do not fit one request of at most \(maxRead); make it shorter, or allow cutting text "
                + "with `whole_points: false`"
        case .crossesWhole(let island):
            "it crosses the border of \(span(island)), which answers only when read exactly"
        case .atomicApart(let name):
            "the points of the atomic group \(name) lie in different units, tables or islands; one request can not "
                + "read them"
        case .atomicGap(let name, let gap):
            "the atomic group \(name) has a gap at \(span(gap)) that must not be bridged"
        }
    }
}
