import DeviceProfiles
import DriverAPI
import ReadPlanning

/// What a device's registers mean and allow; it never changes while the device runs.
final class RegisterMap: Sendable {
    /// The profile with the variants that hold.
    let profile: DeviceProfile
    /// The options the device is set up with.
    let options: [String: Value]
    /// The facts that its registers show.
    let facts: [String: Value]
    /// The tables that the device knows at all.
    let tables: Set<RegisterTable>
    /// Addresses that are read together by a device that answers one value per request, sorted.
    let items: [RegisterTable: [Range<Int>]]

    private let points: [String: ImagePoint]

    /// Makes a map; `image` tells tables that only the fixture uses.
    init(profile: DeviceProfile, options: [String: Value], facts: [String: Value], image: RegisterImage) {
        self.profile = profile
        self.options = options
        self.facts = facts
        points = Dictionary(profile.points.map { ($0.name, ImagePoint($0)) }, uniquingKeysWith: { a, _ in a })
        let places = RegisterMap.places(of: profile)
        let readable = profile.modbus.constraints.readable.keys
        let written = profile.points.compactMap { $0.write?.place.table }
        tables = Set(places.map(\.table)).union(readable).union(written)
            .union(RegisterTable.allCases.filter { image.uses($0) })
        items = RegisterMap.items(places)
    }

    /// The point called `name`.
    func point(_ name: String) -> ImagePoint? { points[name] }

    /// The points that may be written in this table and touch these addresses, in the order of the profile.
    func writable(_ table: RegisterTable, _ range: Range<Int>) -> [PointDefinition] {
        profile.points.filter { point in
            guard let place = point.write?.place else { return false }
            return place.table == table && place.range.overlaps(range)
        }
    }

    private static func places(of profile: DeviceProfile) -> [ReadPlace] {
        let rules = (profile.identify?.rules ?? []).map { rule in
            ReadPlace(table: rule.request.table, address: Int(rule.request.address), words: Int(rule.request.count))
        }
        return profile.points.compactMap(\.place) + (profile.identify?.facts ?? []).compactMap(\.place) + rules
    }

    private static func items(_ places: [ReadPlace]) -> [RegisterTable: [Range<Int>]] {
        var items: [RegisterTable: [Range<Int>]] = [:]
        for place in places.sorted(by: { ($0.address, -$0.words) < ($1.address, -$1.words) }) {
            var ranges = items[place.table] ?? []
            if let last = ranges.last, place.address < last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, place.range.upperBound)
            } else {
                ranges.append(place.range)
            }
            items[place.table] = ranges
        }
        return items
    }
}
