import DeviceProfiles
import DriverAPI

/// One point as the device itself sees it: decoded from its registers, and encoded into them.
struct ImagePoint: Sendable {
    /// The point.
    let definition: PointDefinition
    /// Turns its words into its value.
    let decoder: PointDecoder
    /// The registers it is read from; nil for derived and write-only points.
    let place: ReadPlace?
    /// The point with its read place as a place to write, without ranges.
    private let echo: PointDefinition?

    /// Prepares a point; a counter is rounded down, as counters do.
    init(_ definition: PointDefinition) {
        self.definition = definition
        decoder = PointDecoder(definition)
        place = definition.place
        echo = definition.place.map { place in
            var echo = definition
            echo.value.absentWhen = nil
            echo.write = WriteRule(
                function: 16, place: place, unit: definition.value.unit, scale: definition.value.scale,
                offset: definition.value.offset, persist: .ram,
                rounding: definition.value.counter == nil ? .nearest : .down)
            return echo
        }
    }

    /// The words at the read place that mean `value`; nil where none do.
    ///
    /// Of several raw numbers that mean a member the present one stays; else the first that gives no reason.
    func words(for value: Value, in scope: ImageScope) -> EncodedWrite? {
        guard let echo, let place else { return nil }
        guard !definition.value.entries.isEmpty else { return try? echo.encode(value, in: scope) }
        let present = scope.image[place.table, place.range]
        if decoder.decode(present[...], in: scope).value == value, let raw = place.raw(from: present) {
            return encoded(raw, meaning: value)
        }
        guard let raw = raw(for: value, in: scope) else { return nil }
        return encoded(raw, meaning: value)
    }

    /// The words for a raw value, with the bits of the registers that belong to it.
    private func encoded(_ raw: RawValue, meaning value: Value) -> EncodedWrite? {
        guard case .integer(let number) = raw else {
            return place?.words(for: raw).map { EncodedWrite(words: $0, value: value) }
        }
        return try? echo?.encodeRaw(number)
    }

    /// A raw value that means `value`.
    private func raw(for value: Value, in scope: ImageScope) -> RawValue? {
        let candidates = definition.value.entries.flatMap { raws(of: $0.match) }.filter {
            decoder.decode($0, in: scope).value == value
        }
        return candidates.first { (decoder.decode($0, in: scope).reason ?? "none") == "none" } ?? candidates.first
    }

    /// The raw values tried for one row of the enumeration; for `other` the lowest number that no row names.
    private func raws(of match: ValueRule.EnumEntry.Match) -> [RawValue] {
        switch match {
        case .integers(let range): return [.integer(range.lowerBound)]
        case .text(let text): return [.text(text)]
        case .other:
            let named = definition.value.entries.compactMap { entry -> ClosedRange<Int128>? in
                if case .integers(let range) = entry.match { range } else { nil }
            }
            let free = (0...Int128(named.count)).first { number in !named.contains { $0.contains(number) } }
            return free.map { [.integer($0)] } ?? []
        }
    }

    /// Every value that the point's registers can be made to say, for points with few of them.
    var values: [Value] {
        var values: [Value] = []
        for value in definition.value.entries.compactMap(\.value) where !values.contains(value) { values.append(value) }
        if values.isEmpty, case .bool = definition.value.kind { values = [.bool(false), .bool(true)] }
        if case .flags(let names) = definition.value.kind {
            values = [.flags([])] + names.sorted { $0.key < $1.key }.map { .flags([$0.value]) }
        }
        return values
    }
}
