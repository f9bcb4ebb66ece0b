@testable import OCPP

/// Makes messages that obey their rules, out of a seed; lengths reach their limits.
struct MessageGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func object(_ rule: ObjectRule, depth: Int = 0) -> JSONObject {
        var object = JSONObject()
        for field in rule.fields where field.isRequired || below(3) > 0 {
            object[field.name] = value(field.kind)
        }
        return object
    }

    mutating func value(_ kind: FieldRule.Kind) -> JSONValue {
        switch kind {
        case .text(let maximum): .string(text(upTo: min(maximum ?? 300, 600)))
        case .integer(let least): .number(JSONNumber(integer(least: least)))
        case .tenths: .number(JSONNumber(below(2) == 0 ? below(640) : below(1_000_000_000), exponent: -1))
        case .boolean: .bool(below(2) == 0)
        case .timestamp: .string(timestamp())
        case .oneOf(let values): .string(values.values[below(values.values.count)])
        case .object(let rule): .object(object(rule))
        case .list(let kind, let least): .array((0..<(least + below(4))).map { _ in value(kind) })
        }
    }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 11) % bound
    }

    private mutating func integer(least: Int?) -> Int {
        let values = [0, 1, 23, 24, 255, 256, 65_535, 65_536, 4_294_967_296, 1_000_000_000_000_000]
        let value = values[below(values.count)]
        return least == nil && below(4) == 0 ? -value - 1 : value
    }

    private mutating func timestamp() -> String {
        let seconds = below(2) == 0 ? 1_700_000_000 + below(300_000_000) : below(20_000_000_000) - 5_000_000_000
        return Timestamp(milliseconds: seconds * 1000 + (below(3) == 0 ? below(1000) : 0)).description
    }

    private mutating func text(upTo maximum: Int) -> String {
        let letters = Array("abcXYZ0189 -_.\"\\/\n\t€äß😀")
        return String((0..<[0, 1, below(maximum + 1), maximum][below(4)]).map { _ in letters[below(letters.count)] })
    }
}

extension Action {
    /// The rules of its request and of its response.
    var rules: [ObjectRule] { [requestRule, responseRule] }
}
