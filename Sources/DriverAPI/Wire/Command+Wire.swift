extension Command {
    private static let kinds = ["charge", "phases", "wake_up", "lock", "display", "set"]

    /// Reads `{"charge": {"current_a": 10}}`, `{"charge": "off"}`, `{"phases": 1}`, `{"wake_up": true}`, `{"lock": true}`,
    /// `{"display": "Hello"}` and `{"set": {"point": "led", "value": 40}}`.
    package init(_ json: JSON, at path: String) throws(WireFault) {
        let fields = try WireFields(json, at: path)
        let named = Self.kinds.filter { fields[$0] != nil }
        guard named.count == 1, let kind = named.first else {
            throw .wrong(path, expected: "one of \(Self.kinds.joined(separator: ", "))", found: json.description)
        }
        switch kind {
        case "charge": self = .charge(try ChargeTarget(fields))
        case "phases": self = .phases(try PhaseSelection(fields))
        case "lock": self = .lock(try fields.bool("lock") ?? true)
        case "display": self = .display(try fields.neededText("display"))
        case "set":
            guard let setting = try fields.fields("set"), let value = try Value(setting) else {
                throw .missing(path + ".set.value", expected: "the value to set")
            }
            self = .set(point: try setting.neededText("point"), value: value)
        default:
            guard try fields.bool("wake_up") == true else {
                throw .wrong(path + ".wake_up", expected: "true", found: "false")
            }
            self = .wakeUp
        }
    }

    /// The command on the wire.
    package var json: JSON {
        switch self {
        case .charge(.current(let amperes)): ["charge": ["current_a": .number(amperes)]]
        case .charge(.power(let watts)): ["charge": ["power_w": .number(watts)]]
        case .charge(.on): ["charge": "on"]
        case .charge(.off): ["charge": "off"]
        case .phases(.one): ["phases": 1]
        case .phases(.three): ["phases": 3]
        case .phases(.auto): ["phases": "auto"]
        case .wakeUp: ["wake_up": true]
        case .lock(let isLocked): ["lock": .bool(isLocked)]
        case .display(let text): ["display": .string(text)]
        case .set(let point, let value):
            ["set": .object(["point": .string(point), value.wire.name: value.wire.json])]
        }
    }
}

extension ChargeTarget {
    fileprivate init(_ fields: WireFields) throws(WireFault) {
        switch fields["charge"] {
        case .string("on"): self = .on
        case .string("off"): self = .off
        case .object:
            let target = try fields.fields("charge")
            let (amperes, watts) = (try target?.number("current_a"), try target?.number("power_w"))
            switch (amperes, watts) {
            case (let amperes?, nil) where amperes > 0: self = .current(amperes)
            case (nil, let watts?) where watts > 0: self = .power(watts)
            default:
                throw .wrong(
                    fields.place("charge"), expected: "one of current_a and power_w, above 0",
                    found: fields["charge"]?.description ?? "nothing")
            }
        case let other:
            throw .wrong(
                fields.place("charge"), expected: "\"on\", \"off\", or an object with current_a or power_w",
                found: other?.kind ?? "nothing")
        }
    }
}

extension PhaseSelection {
    fileprivate init(_ fields: WireFields) throws(WireFault) {
        switch fields["phases"] {
        case .number(1): self = .one
        case .number(3): self = .three
        case .string("auto"): self = .auto
        case let other:
            throw .wrong(fields.place("phases"), expected: "1, 3 or \"auto\"", found: other?.kind ?? "nothing")
        }
    }
}
