import DriverAPI

extension PointDefinition {
    /// The write of a value: within `range`, rounded to what the device can be told.
    ///
    /// `when` is not asked here, see ``checkCondition(in:)``; nor budget and dwell, which need what was written before.
    public func encode(
        _ value: Value, in scope: some ExpressionScope = EmptyScope()
    ) throws(WriteRefusal) -> EncodedWrite {
        let encoder = try PointEncoder(self, in: scope)
        return try encoder.encode(value, rounding: encoder.write.rounding, isBounded: true)
    }

    /// The write of a set-point of `control`: lowered to the top of `range`, rounded down, never above `number`.
    public func encodeSetPoint(
        _ number: Exact, in scope: some ExpressionScope = EmptyScope()
    ) throws(WriteRefusal) -> EncodedWrite {
        let encoder = try PointEncoder(self, in: scope)
        let lowered = try encoder.top().map { min($0, number) } ?? number
        return try encoder.encode(.number(lowered), rounding: .down, isBounded: true)
    }

    /// The write of `off`: not bound by `range`.
    public func encodeOff(
        _ value: Value, in scope: some ExpressionScope = EmptyScope()
    ) throws(WriteRefusal) -> EncodedWrite {
        let encoder = try PointEncoder(self, in: scope)
        return try encoder.encode(value, rounding: encoder.write.rounding, isBounded: false)
    }

    /// The write of the device's own number, without range, scale and unit.
    public func encodeRaw(
        _ raw: Int128, in scope: some ExpressionScope = EmptyScope()
    ) throws(WriteRefusal) -> EncodedWrite {
        try PointEncoder(self, in: scope).encode(raw: .integer(raw), meaning: nil)
    }

    /// What words at the write place mean: the inverse of ``encode(_:in:)``, for simulators and frames.
    ///
    /// Nil for points that are not written, and for words without meaning.
    public func valueWritten(_ words: [UInt16], in scope: some ExpressionScope = EmptyScope()) -> Value? {
        guard let encoder = try? PointEncoder(self, in: scope), let raw = encoder.write.place.raw(from: words) else {
            return nil
        }
        if case .integer(let number) = raw, let listed = encoder.write.writeAs.first(where: { $0.raw == number }) {
            return listed.value
        }
        return encoder.decoder.decode(raw, in: scope).value
    }

    /// Refuses with the profile's own text unless `when` holds.
    public func checkCondition(in scope: some ExpressionScope) throws(WriteRefusal) {
        guard let when = write?.when, !when.expression.holds(in: scope) else { return }
        throw .condition(point: name, when.text)
    }

    /// The ends of the write range in the canonical unit; nil when the point has none or it is not known yet.
    public func writeRange(in scope: some ExpressionScope) -> ClosedRange<Exact>? {
        guard let range = try? PointEncoder(self, in: scope).range(), range.low <= range.high else { return nil }
        return range.low...range.high
    }
}
