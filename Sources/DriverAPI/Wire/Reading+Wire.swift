extension Reading {
    /// Reads `{"point": "power", "value": 6.854, "unit": "kW", "quality": "good", "age": 0.2}`.
    ///
    /// Without `quality` a reading with a value is good and one without has no data. A number is brought to the canonical
    /// unit of its dimension. `age` is in seconds before `now`, up to a day.
    package init(_ json: JSON, at path: String, now: MonotonicTime) throws(WireFault) {
        let fields = try WireFields(json, at: path)
        let point = try fields.neededText("point")
        guard Self.isName(point) else {
            throw .wrong(
                fields.place("point"), expected: "1 to 64 letters a-z, digits, '_' and '.'",
                found: JSON.string(point).kind)
        }
        var value = try Value(fields)
        let quality = try fields.word("quality", Quality.self) ?? (value == nil ? .noData : .good)
        if quality.isKnown, value == nil {
            throw .missing(fields.place("value"), expected: "a reading that is \(quality.rawValue) has one")
        }
        var unit: Unit?
        if let number = value?.number {
            let written = try fields.word("unit", Unit.self) ?? .one
            guard let canonical = number.multiplied(by: written.factor) else {
                throw .wrong(fields.place("value"), expected: "a number of at most 36 digits", found: "\(number)")
            }
            value = .number(canonical)
            unit = written.canonical
        } else if value == nil {
            unit = try fields.word("unit", Unit.self)?.canonical
        }
        let age = try fields.seconds("age") ?? .zero
        self.init(
            point: point, value: value, unit: unit, quality: quality,
            time: now.advanced(by: .zero - min(age, .seconds(86_400))))
    }

    /// The reading on the wire at `now`.
    package func json(now: MonotonicTime) -> JSON {
        var members: [String: JSON] = ["point": .string(point), "quality": .string(quality.rawValue)]
        if let value {
            let (name, json) = value.wire
            members[name] = json
        }
        if let unit { members["unit"] = .string(unit.rawValue) }
        let age = time.duration(to: now)
        if age > .milliseconds(1) { members["age"] = .number(age.exactSeconds) }
        return .object(members)
    }

    /// Whether a text is fit to name a point.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
