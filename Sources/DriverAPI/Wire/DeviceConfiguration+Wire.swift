extension DeviceConfiguration {
    /// Reads the parameters of `open`.
    package init(_ fields: WireFields) throws(WireFault) {
        let unit = try fields.number("unit")
        if let unit, unit.asInt == nil {
            throw .wrong(fields.place("unit"), expected: "a whole number", found: "\(unit)")
        }
        self.init(
            id: try fields.neededText("device"), profile: try fields.text("profile") ?? "",
            address: try fields.text("address") ?? "", unit: unit?.asInt, options: try fields.words("options"),
            lastTold: try fields.number("last_told"))
    }

    /// The parameters of `open`.
    package var json: JSON {
        var members: [String: JSON] = [
            "device": .string(id), "profile": .string(profile), "address": .string(address),
            "options": .object(options.mapValues(JSON.string)),
        ]
        members["unit"] = unit.map { .number(Exact($0)) }
        members["last_told"] = lastTold.map(JSON.number)
        return .object(members)
    }
}
