import DriverAPI

/// Turns values into the words of one point's write place: the steps of reading backwards.
struct PointEncoder<Scope: ExpressionScope> {
    let point: PointDefinition
    let write: WriteRule
    let scope: Scope

    init(_ point: PointDefinition, in scope: Scope) throws(WriteRefusal) {
        guard let write = point.write else { throw .notWritable(point: point.name) }
        self.point = point
        self.write = write
        self.scope = scope
    }

    /// The write of a value; `isBounded` false leaves `range` out, as `off` asks for.
    func encode(_ value: Value, rounding: WriteRule.Rounding, isBounded: Bool) throws(WriteRefusal) -> EncodedWrite {
        if let raw = listed(value) { return try encode(raw: .integer(raw), meaning: value) }
        if !point.value.entries.isEmpty { return try encode(raw: try entry(of: value), meaning: value) }
        switch (point.value.kind, value) {
        case (.number, .number(let number)):
            return try encode(number: number, rounding: rounding, isBounded: isBounded)
        case (.bool, .bool): return try bool(value)
        case (.text, .text(let text)): return try encode(raw: .text(text), meaning: value)
        case (.version, .version(let parts)): return try encode(raw: .version(parts), meaning: value)
        case (.flags(let names), .flags(let set)):
            guard let number = FlagBits.number(of: set, names) else {
                throw .noSuchMember(point: point.name, value: value, members: names.values.sorted())
            }
            return try encode(raw: .integer(number), meaning: value)
        case (.member(let members), _): throw .noSuchMember(point: point.name, value: value, members: members)
        default: throw .wrongKind(point: point.name, value: value)
        }
    }

    /// The write of a raw value.
    func encode(raw: RawValue, meaning: Value?) throws(WriteRefusal) -> EncodedWrite {
        guard let words = write.place.words(for: raw) else {
            if let meaning { throw .doesNotFit(point: point.name, value: meaning) }
            if case .integer(let number) = raw { throw .rawDoesNotFit(point: point.name, raw: number) }
            throw .notWritable(point: point.name)
        }
        let value = meaning ?? decoder.decode(raw, in: scope).value
        return EncodedWrite(words: words, value: value, masks: write.place.masks)
    }

    // MARK: Enumerations and booleans

    /// The raw number that `write_as` gives a value.
    private func listed(_ value: Value) -> Int128? {
        write.writeAs.first { Expression.areEqual($0.value, value) }?.raw
    }

    private func entry(of value: Value) throws(WriteRefusal) -> RawValue {
        guard let value = try inverted(value) else { throw .conversionUnknown(point: point.name) }
        let rows = point.value.entries.filter { row in row.value.map { Expression.areEqual($0, value) } ?? false }
        var raws: [RawValue] = []
        for row in rows {
            switch row.match {
            case .integers(let range) where range.count == 1: raws.append(.integer(range.lowerBound))
            case .text(let text): raws.append(.text(text))
            case .integers, .other: throw .ambiguous(point: point.name, value: value)
            }
        }
        guard let raw = raws.first else {
            let members = point.value.entries.compactMap { $0.value?.description }
            throw .noSuchMember(point: point.name, value: value, members: members)
        }
        guard raws.count == 1 else { throw .ambiguous(point: point.name, value: value) }
        return raw
    }

    private func bool(_ value: Value) throws(WriteRefusal) -> EncodedWrite {
        guard case .bool(let bool)? = try inverted(value) else { throw .conversionUnknown(point: point.name) }
        return try encode(raw: .integer(bool ? 1 : 0), meaning: value)
    }

    /// `value` on the device's side of `invert`.
    func inverted(_ value: Value) throws(WriteRefusal) -> Value? { decoder.inverted(value, in: scope) }

    /// Reads back what was written, at the write place.
    var decoder: PointDecoder {
        var rule = point.value
        rule.unit = write.unit ?? rule.unit
        rule.scale = write.scale
        rule.offset = write.offset
        rule.invalid = []
        rule.absentWhen = nil
        var written = point
        written.value = rule
        return PointDecoder(written, place: write.place)
    }
}
