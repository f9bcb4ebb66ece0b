/// Which values a configuration key takes. All of them travel as text.
public enum KeyType: Sendable, Hashable {
    /// `true` or `false`; `1` and `0` are taken too.
    case boolean
    /// A whole number in decimal digits.
    case integer(ClosedRange<Int>)
    /// A text of at most so many characters.
    case text(maximum: Int)
    /// One of these numbers, each with what it means.
    case choice([String])
    /// Measurands separated by commas, each with a phase behind it or not; at most so many.
    case measurands(maximum: Int)
    /// Some of these texts, separated by commas.
    case list([String])
    /// How the box's terminals are wired to the supply.
    case phaseRotation
    /// The password of HTTP basic authentication.
    case authorizationKey

    /// The range for people, empty if there is nothing to say.
    public var range: String {
        switch self {
        case .boolean: "true, false"
        case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .text(let maximum): "at most \(maximum) characters"
        case .choice(let meanings): meanings.enumerated().map { "\($0) \($1)" }.joined(separator: ", ")
        case .measurands(let maximum): "at most \(maximum) measurands"
        case .list(let values): values.joined(separator: ", ")
        case .phaseRotation: PhaseRotation.allCases.map(\.rawValue).joined(separator: ", ")
        case .authorizationKey: "32 to 40 hexadecimal digits, or a text of 16 to 40 characters"
        }
    }

    /// The value as it is stored and shown; nil if the key does not take it.
    public func normalised(_ value: String) -> String? {
        let trimmed = value.trimmed
        switch self {
        case .boolean:
            switch trimmed.lowercased() {
            case "true", "1": return "true"
            case "false", "0": return "false"
            default: return nil
            }
        case .integer(let range):
            guard let number = KeyType.decimal(trimmed), range.contains(number) else { return nil }
            return String(number)
        case .text(let maximum): return value.unicodeScalars.count <= maximum ? value : nil
        case .choice(let meanings):
            guard let number = KeyType.decimal(trimmed), meanings.indices.contains(number) else { return nil }
            return String(number)
        case .measurands(let maximum):
            return KeyType.list(trimmed, maximum: maximum) { MeasurandSelection($0)?.description }
        case .list(let values):
            return KeyType.list(trimmed, maximum: values.count) { text in
                values.first { $0.lowercased() == text.lowercased() }
            }
        case .phaseRotation: return PhaseRotation(configured: trimmed)?.rawValue
        case .authorizationKey: return AuthorizationKey(value) == nil ? nil : value
        }
    }

    /// Digits with a minus sign or not; nothing else that Swift would take for a number.
    private static func decimal(_ text: String) -> Int? {
        text.hasPrefix("+") ? nil : Int(text)
    }

    private static func list(_ text: String, maximum: Int, _ element: (String) -> String?) -> String? {
        if text.isEmpty { return "" }
        var values: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = element(String(part).trimmed) else { return nil }
            if !values.contains(value) { values.append(value) }
        }
        return values.count <= maximum ? values.joined(separator: ",") : nil
    }
}

extension String {
    var trimmed: String {
        guard let start = firstIndex(where: { $0 != " " }), let end = lastIndex(where: { $0 != " " }) else { return "" }
        return String(self[start...end])
    }
}
