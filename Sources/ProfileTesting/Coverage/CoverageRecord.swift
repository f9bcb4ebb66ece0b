import DeviceProfiles
import DriverAPI
import ReadPlanning

/// What the tests touched so far.
struct CoverageRecord: Sendable {
    private var good: Set<String> = []
    private var members: [String: Set<String>] = [:]
    private var written: Set<String> = []
    private var variants: Set<Int> = []
    /// Points as the variants that held made them, by name; later ones do not replace earlier ones.
    private var points: [String: PointDefinition] = [:]

    /// Takes note of readings.
    mutating func note(_ readings: [Reading]) {
        for reading in readings where reading.quality == .good {
            good.insert(reading.point)
            if let value = reading.value { members[reading.point, default: []].insert(value.description) }
        }
    }

    /// Takes note of what was written, by the profile that held then.
    mutating func note(_ requests: [WriteRequest], under profile: DeviceProfile) {
        for request in requests {
            let range = Int(request.address)..<Int(request.address) + request.words.count
            for point in profile.points {
                guard let place = point.write?.place, place.table == request.table, place.range.overlaps(range) else {
                    continue
                }
                written.insert(point.name)
            }
        }
    }

    /// Takes note of the variants that held, and the points they made.
    mutating func note(_ profile: DeviceProfile, options: [String: Value], facts: [String: Value]) {
        let scope = NamedValues(options: options, facts: facts)
        for (index, variant) in profile.variants.enumerated() where variant.when.holds(in: scope) {
            variants.insert(index)
        }
        for point in profile.points where points[point.name] == nil { points[point.name] = point }
    }

    /// The shares of a profile; points that only a variant brings count too.
    func coverage(of profile: DeviceProfile) -> TestCoverage {
        let known = Set(profile.points.map(\.name))
        let extra = points.values.filter { !known.contains($0.name) }.sorted { $0.name < $1.name }
        let all = profile.points + extra
        let read = all.filter { $0.origin != .writeOnly }.map(\.name)
        let wanted = all.flatMap { point in
            CoverageRecord.members(of: point).map { (point: point.name, member: $0) }
        }
        let writable = all.filter { $0.write != nil }.map(\.name)
        let unselected = profile.variants.indices.filter { !variants.contains($0) }
        return TestCoverage(
            points: .init(total: read.count, missing: read.filter { !good.contains($0) }),
            members: .init(
                total: wanted.count,
                missing: wanted.filter { !(members[$0.point]?.contains($0.member) ?? false) }
                    .map { "\($0.point): \($0.member)" }),
            writes: .init(total: writable.count, missing: writable.filter { !written.contains($0) }),
            variants: .init(
                total: profile.variants.count,
                missing: unselected.map { profile.variants[$0].name ?? "variant \($0 + 1)" }))
    }

    /// The values that a point's enumeration or cases can come to, each once, in the order of the file.
    private static func members(of point: PointDefinition) -> [String] {
        var values = point.value.entries.compactMap { $0.value?.description }
        if case .cases(let cases) = point.origin { values += cases.map(\.member) }
        var seen: Set<String> = []
        return point.origin == .writeOnly ? [] : values.filter { seen.insert($0).inserted }
    }
}
