import DriverAPI

/// One reading as the interface shows it: `{"value": 6854, "unit": "W", "quality": "good"}`.
public struct PointStatus: Encodable, Sendable {
    /// The reading.
    public let reading: Reading
    /// How old it is, in s; nil where it does not matter.
    public let age: Double?

    /// Shows `reading`.
    public init(_ reading: Reading, age: Double? = nil) {
        self.reading = reading
        self.age = age
    }

    private enum Key: String, CodingKey {
        case value, unit, quality
        case age = "age_s"
    }

    /// Numbers as numbers, members and texts as text, flags as a list, versions as `1.0.7`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(reading.quality, forKey: .quality)
        try container.encodeIfPresent(age, forKey: .age)
        guard let value = reading.value else { return }
        switch value {
        case .number(let number): try container.encode(number, forKey: .value)
        case .bool(let bool): try container.encode(bool, forKey: .value)
        case .text(let text), .member(let text): try container.encode(text, forKey: .value)
        case .flags(let names): try container.encode(names, forKey: .value)
        case .version(let parts): try container.encode(parts.map(String.init).joined(separator: "."), forKey: .value)
        }
        if value.number != nil, let unit = reading.unit { try container.encode(unit, forKey: .unit) }
    }

    /// `6854 W`, `C`, `[temperature]`; `-` where there is no value.
    public var text: String {
        guard let value = reading.value else { return "-" }
        guard case .number(let number) = value else { return value.description }
        let digits =
            number.denominator == 1 || Exact(shortest: number.double) == number
            ? number.description : "\(number.double)"
        guard let unit = reading.unit, unit != .one else { return digits }
        return "\(digits) \(unit.rawValue)"
    }
}
