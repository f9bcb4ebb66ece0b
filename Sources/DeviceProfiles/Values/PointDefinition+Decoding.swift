import DriverAPI

extension PointDefinition {
    /// The value that the words at the read place stand for; stateless steps only.
    ///
    /// For points that are read again and again keep a ``PointDecoder``.
    public func decode(_ words: ArraySlice<UInt16>, in scope: some ExpressionScope = EmptyScope()) -> DecodedValue {
        PointDecoder(self).decode(words, in: scope)
    }

    /// The value that the words at the read place stand for; stateless steps only.
    public func decode(_ words: [UInt16], in scope: some ExpressionScope = EmptyScope()) -> DecodedValue {
        decode(words[...], in: scope)
    }

    /// The value of a derived point, with the oldest time of its inputs; no data for points that are not derived.
    public func evaluateDerived(in scope: some ExpressionScope) -> DecodedValue {
        PointDecoder(self).evaluateDerived(in: scope)
    }
}

extension PointDecoder {
    /// The value of a derived point, with the oldest time of its inputs; no data for points that are not derived.
    public func evaluateDerived(in scope: some ExpressionScope) -> DecodedValue {
        switch point.origin {
        case .expression(let expression): derived(expression.evaluate(in: scope), in: scope)
        case .cases(let cases): chosen(cases, in: scope)
        case .registers, .writeOnly: .noData
        }
    }

    private func derived(_ result: Evaluated, in scope: some ExpressionScope) -> DecodedValue {
        guard let value = result.value else { return DecodedValue(nil, quality: result.quality, time: result.time) }
        guard let turned = inverted(value, in: scope) else {
            return DecodedValue(nil, quality: .noData, time: result.time)
        }
        if isAbsent(turned, in: scope) { return DecodedValue(nil, quality: .absent, time: result.time) }
        return DecodedValue(turned, quality: result.quality, time: result.time)
    }

    /// The member of the first case that holds. An unknown condition before is no data, unless the inputs are stale or
    /// offline: then that is what the member is.
    private func chosen(_ cases: [PointDefinition.Case], in scope: some ExpressionScope) -> DecodedValue {
        var used = Evaluated(value: nil, quality: .good)
        let givesReasons = cases.contains { $0.reason != nil }
        for next in cases {
            var holds = true
            if let condition = next.when {
                let result = condition.evaluate(in: scope)
                used = used.merged(with: result)
                guard let known = result.value?.bool else {
                    let keeps = used.quality == .stale || used.quality == .offline
                    return DecodedValue(nil, quality: keeps ? used.quality : .noData, time: used.time)
                }
                holds = known
            }
            guard holds else { continue }
            let reason = givesReasons ? next.reason ?? "none" : nil
            return DecodedValue(value(of: next.member), quality: used.quality, reason: reason, time: used.time)
        }
        return DecodedValue(nil, quality: .noData, time: used.time)
    }

    /// What a member of `cases` is in a point of this kind: a boolean, a number in the point's unit, or a member.
    private func value(of member: String) -> Value {
        switch (point.value.kind, Value.enumerated(member)) {
        case (.bool, _): .bool(member == "true")
        case (.number, .number(let number)): .number(number.multiplied(by: point.value.unit?.factor ?? 1) ?? number)
        case (_, let value): value
        }
    }
}
