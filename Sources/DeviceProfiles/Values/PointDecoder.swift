import DriverAPI

/// Turns the words of one point into its value, with everything that does not change worked out beforehand.
///
/// Make one per point and keep it; it holds no state. Steps as in the language's "Value": order and type, bits, invalid,
/// scale and offset, unit, invert, enumeration or flags, absent_when. `plausible` and `counter` need the readings before
/// and are ``ReadingFilter``'s.
public final class PointDecoder: Sendable {
    /// The point.
    public let point: PointDefinition

    let place: ReadPlace?
    let scaling: Scaling?
    private let inversion: Inversion
    private let hasInvalid: Bool
    private let hasReasons: Bool
    private let mayBeAbsent: Bool
    /// Whether a raw number needs nothing but scaling: true of nearly everything that meters tell.
    private let isPlainNumber: Bool

    private enum Inversion: Sendable {
        case never, always
        case when(Expression)
    }

    /// Prepares a point for reading.
    public convenience init(_ point: PointDefinition) { self.init(point, place: point.place) }

    init(_ point: PointDefinition, place: ReadPlace?) {
        self.point = point
        self.place = place
        let rule = point.value
        scaling = Scaling(scale: rule.scale, offset: rule.offset, unit: rule.unit)
        inversion =
            switch rule.invert {
            case nil, .literal(.bool(false)): .never
            case .literal(.bool(true)): .always
            case .some(let expression): .when(expression)
            }
        hasInvalid = !rule.invalid.isEmpty
        hasReasons = !rule.reasons.isEmpty
        mayBeAbsent = rule.absentWhen != nil
        let isNumber = if case .number = rule.kind { true } else { false }
        let isTurned = if case .never = inversion { false } else { true }
        isPlainNumber =
            isNumber && !isTurned && !hasInvalid && !hasReasons && !mayBeAbsent && rule.entries.isEmpty
            && rule.scaleFrom == nil
    }

    /// The value that `words`, the words at the read place, stand for.
    public func decode(_ words: ArraySlice<UInt16>, in scope: some ExpressionScope) -> DecodedValue {
        if isPlainNumber { return plainNumber(words) }
        guard let raw = place?.raw(from: words) else { return .noData }
        return decode(raw, in: scope)
    }

    /// The value that a raw value stands for.
    public func decode(_ raw: RawValue, in scope: some ExpressionScope) -> DecodedValue {
        let reason = hasReasons ? self.reason(of: raw) : nil
        if hasInvalid, isInvalid(raw) { return DecodedValue(nil, quality: .noData, reason: reason) }
        guard let value = meaning(of: raw, in: scope), let turned = inverted(value, in: scope) else {
            return DecodedValue(nil, quality: .noData, reason: reason)
        }
        if isAbsent(turned, in: scope) { return .absent }
        return DecodedValue(turned, reason: reason)
    }

    /// What nearly every point of a meter is: a number of which nothing but order, type and scale matter.
    private func plainNumber(_ words: ArraySlice<UInt16>) -> DecodedValue {
        guard let place, let scaling else { return .noData }
        let number: Exact?
        if place.type == .f32, words.count == 2 {
            number = ShortestDecimal.exact(UInt32(truncatingIfNeeded: WordBits.joined64(words, place.order)))
        } else {
            switch place.raw(from: words) {
            case .integer(let integer): number = Exact(integer: integer)
            case .float(let float): number = float
            case .text, .version, nil: number = nil
            }
        }
        guard let number, let value = scaling.value(of: number) else { return .noData }
        return DecodedValue(.number(value))
    }

    // MARK: Steps

    private func isInvalid(_ raw: RawValue) -> Bool {
        switch raw {
        case .integer(let number): point.value.invalid.contains { $0.contains(number) }
        case .float(let number):
            point.value.invalid.contains {
                Exact(integer: $0.lowerBound) <= number && number <= Exact(integer: $0.upperBound)
            }
        case .text, .version: false
        }
    }

    private func reason(of raw: RawValue) -> String {
        let found =
            point.value.reasons.first { $0.match.holds(raw) } ?? point.value.reasons.first { $0.match == .other }
        return found?.reason ?? "none"
    }

    private func meaning(of raw: RawValue, in scope: some ExpressionScope) -> Value? {
        if !point.value.entries.isEmpty { return member(raw) }
        switch (point.value.kind, raw) {
        case (.number, .integer(let number)):
            return scaled(Exact(integer: number), in: scope).map(Value.number)
        case (.number, .float(let number)): return scaled(number, in: scope).map(Value.number)
        case (.bool, .integer(let number)): return .bool(number != 0)
        case (.flags(let names), .integer(let number)): return .flags(FlagBits.names(of: number, names))
        case (.text, .text(let text)): return .text(text)
        case (.text, .integer(let number)) where place?.type == .datetime:
            return UTCText.text(seconds: number).map(Value.text)
        case (.text, .integer(let number)): return .text(String(number))
        case (.version, .version(let parts)): return .version(parts)
        default: return nil
        }
    }

    private func member(_ raw: RawValue) -> Value? {
        for entry in point.value.entries where entry.match.holds(raw) { return entry.value }
        for entry in point.value.entries where entry.match == .other { return entry.value }
        return nil
    }

    private func scaled(_ number: Exact, in scope: some ExpressionScope) -> Exact? {
        guard let name = point.value.scaleFrom else { return scaling?.value(of: number) }
        guard let power = Scaling.power(from: scope.evaluated(.point(name))) else { return nil }
        return number.multiplied(by: power).flatMap { scaling?.value(of: $0) }
    }

    func inverted(_ value: Value, in scope: some ExpressionScope) -> Value? {
        switch inversion {
        case .never: return value
        case .always: return value.opposite
        case .when(let expression):
            guard case .bool(let holds)? = expression.evaluate(in: scope).value else { return nil }
            return holds ? value.opposite : value
        }
    }

    func isAbsent(_ value: Value, in scope: some ExpressionScope) -> Bool {
        guard mayBeAbsent, let condition = point.value.absentWhen else { return false }
        return condition.holds(in: ValueScope(base: scope, value: value))
    }
}

extension ValueRule.EnumEntry.Match {
    /// Whether a row is meant for `raw`; `other` holds for none, it is looked at last.
    func holds(_ raw: RawValue) -> Bool {
        switch (self, raw) {
        case (.integers(let range), .integer(let number)): range.contains(number)
        case (.integers(let range), .float(let number)): number.isInteger && range.contains(number.numerator)
        case (.text(let text), .text(let found)): text == found
        default: false
        }
    }
}

extension Value {
    /// The number with the other sign, or the other boolean; everything else as it is.
    var opposite: Value {
        switch self {
        case .number(let number): .number(number.negated)
        case .bool(let bool): .bool(!bool)
        case .text, .member, .flags, .version: self
        }
    }
}
