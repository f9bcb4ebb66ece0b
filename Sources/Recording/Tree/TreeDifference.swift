/// One place at which two trees differ.
public struct TreeDifference: Hashable, Codable, Sendable, CustomStringConvertible {
    /// The way to the place: `boxes.garage.target`.
    public var path: String
    /// What the recording has there.
    public var recorded: String
    /// What the replay has there.
    public var replayed: String
    /// By how much the two numbers differ; nil if they are none.
    public var distance: Int64?

    /// The line for people.
    public var description: String { "\(path): recorded \(recorded), now \(replayed)" }
}

extension Tree {
    /// So many differences are told.
    static let mostDifferences = 100

    /// Where `replayed` differs from this recorded tree, at most 100 places.
    ///
    /// Fields of records that the recording does not know came later and do not count; entries of dictionaries do.
    public func differences(from replayed: Tree) -> [TreeDifference] {
        guard self != replayed else { return [] }
        var found: [TreeDifference] = []
        compare(self, replayed, "", &found)
        return found
    }

    private func compare(_ recorded: Tree, _ replayed: Tree, _ path: String, _ found: inout [TreeDifference]) {
        guard recorded != replayed, found.count < Self.mostDifferences else { return }
        switch (recorded, replayed) {
        case (.record(let old), .map(let new)), (.map(let old), .map(let new)):
            for field in old {
                compare(field.value, new.value(field.key) ?? .absent, path.to(field.key), &found)
            }
            for field in new where (old.value(field.key) ?? .absent) == .absent {
                note(.absent, field.value, path.to(field.key), &found)
            }
        case (.record(let old), .record(let new)), (.map(let old), .record(let new)):
            for field in old {
                compare(field.value, new.value(field.key) ?? .absent, path.to(field.key), &found)
            }
        case (.list(let old), .list(let new)):
            for place in 0..<max(old.count, new.count) {
                let a = place < old.count ? old[place] : .absent
                let b = place < new.count ? new[place] : .absent
                compare(a, b, "\(path)[\(place)]", &found)
            }
        default: note(recorded, replayed, path, &found)
        }
    }

    private func note(_ recorded: Tree, _ replayed: Tree, _ path: String, _ found: inout [TreeDifference]) {
        guard recorded != replayed else { return }
        var distance: Int64?
        if case (.int(let a), .int(let b)) = (recorded, replayed) { distance = a.distanceOrMax(to: b) }
        found.append(
            TreeDifference(path: path, recorded: recorded.line, replayed: replayed.line, distance: distance))
    }

    /// The value in one line.
    var line: String {
        switch self {
        case .list(let elements): "[" + elements.map(\.line).joined(separator: ", ") + "]"
        case .record(let fields), .map(let fields):
            fields.isEmpty
                ? "{}"
                : "{"
                    + fields.filter { $0.value != .absent }.map { "\($0.key): \($0.value.line)" }.joined(
                        separator: ", ")
                    + "}"
        default: kindText
        }
    }
}

extension [Tree.Field] {
    fileprivate func value(_ key: String) -> Tree? { first { $0.key == key }?.value }
}

extension String {
    fileprivate func to(_ key: String) -> String { isEmpty ? key : self + "." + key }
}

extension Int64 {
    fileprivate func distanceOrMax(to other: Int64) -> Int64 {
        let (distance, overflow) = subtractingReportingOverflow(other)
        return overflow || distance == .min ? .max : abs(distance)
    }
}
