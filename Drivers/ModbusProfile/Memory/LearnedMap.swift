import ReadPlanning

/// What a device taught beyond its profile: where requests may not reach over, and what it does not have.
///
/// Kept per profile version, identity and firmware, never for a whole family of devices.
struct LearnedMap: Hashable, Sendable {
    /// An item that was refused when read alone.
    struct Absence: Hashable, Sendable {
        var table: RegisterTable
        var address: Int
        var count: Int
    }

    /// Addresses of gaps that were refused.
    var barriers: [RegisterTable: Set<Int>] = [:]
    /// Addresses where a request has to begin anew although no gap lies before them.
    var borders: [RegisterTable: Set<Int>] = [:]
    /// Items that were refused alone.
    var absences: Set<Absence> = []

    /// Whether nothing was learned.
    var isEmpty: Bool { barriers.isEmpty && borders.isEmpty && absences.isEmpty }

    /// Nothing learned yet.
    init() {}

    /// Two neighbours answer apart and not together: what lies between them may not be crossed again.
    mutating func separate(_ first: Range<Int>, _ second: Range<Int>, in table: RegisterTable) {
        if first.upperBound < second.lowerBound {
            barriers[table, default: []].formUnion(first.upperBound..<second.lowerBound)
        } else {
            borders[table, default: []].insert(second.lowerBound)
        }
    }

    /// The constraints with what was learned.
    func applied(to constraints: PlanConstraints) -> PlanConstraints {
        var result = constraints
        result.barriers.merge(barriers) { $0.union($1) }
        result.borders.merge(borders) { $0.union($1) }
        return result
    }
}

extension LearnedMap {
    /// One line: `barrier holding 734;border input 12;absent holding 140 1`.
    var text: String {
        var parts: [String] = []
        for table in RegisterTable.allCases {
            for address in (barriers[table] ?? []).sorted() { parts.append("barrier \(table) \(address)") }
            for address in (borders[table] ?? []).sorted() { parts.append("border \(table) \(address)") }
            let absent = absences.filter { $0.table == table }.sorted {
                ($0.address, $0.count) < ($1.address, $1.count)
            }
            for item in absent { parts.append("absent \(table) \(item.address) \(item.count)") }
        }
        return parts.joined(separator: ";")
    }

    /// Reads what ``text`` wrote; parts that are not understood are left out.
    init(text: String) {
        for part in text.split(separator: ";") {
            let words = part.split(separator: " ")
            guard words.count >= 3, let table = RegisterTable(rawValue: String(words[1])), let address = Int(words[2])
            else { continue }
            switch words[0] {
            case "barrier": barriers[table, default: []].insert(address)
            case "border": borders[table, default: []].insert(address)
            case "absent":
                guard words.count == 4, let count = Int(words[3]) else { continue }
                absences.insert(Absence(table: table, address: address, count: count))
            default: continue
            }
        }
    }
}
