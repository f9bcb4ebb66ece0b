extension DeviceDescription {
    /// Reads `{"class": "wallbox", "identity": {"vendor": "…"}, "points": ["power"], "charging": {…}}`.
    package init(_ json: JSON, at path: String) throws(WireFault) {
        let fields = try WireFields(json, at: path)
        guard let deviceClass = try fields.word("class", DeviceClass.self) else {
            throw .missing(
                fields.place("class"),
                expected: "one of \(DeviceClass.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.init(
            deviceClass: deviceClass, identity: try fields.words("identity"),
            points: Set(try fields.texts("points") ?? []),
            charging: try fields.fields("charging").map { fields throws(WireFault) in try ChargingAbility(fields) })
    }

    /// The description on the wire.
    package var json: JSON {
        var members: [String: JSON] = [
            "class": .string(deviceClass.rawValue), "identity": .object(identity.mapValues(JSON.string)),
            "points": .array(points.sorted().map(JSON.string)),
        ]
        if let charging { members["charging"] = charging.json }
        return .object(members)
    }
}

extension ChargingAbility {
    fileprivate init(_ fields: WireFields) throws(WireFault) {
        let maximum = try fields.neededNumber("maximum_a")
        let minimum = try fields.number("minimum_a") ?? 6
        guard minimum >= 0, maximum > 0, minimum <= maximum, maximum <= 1000 else {
            throw .wrong(
                fields.place("maximum_a"), expected: "from minimum_a to 1000",
                found: "\(minimum) to \(maximum)")
        }
        let step = try fields.number("step_a") ?? Exact(unchecked: 1, 10)
        guard step > 0 else { throw .wrong(fields.place("step_a"), expected: "above 0", found: "\(step)") }
        self.init(
            minimum: minimum, maximum: maximum, step: step, stoppable: try fields.bool("stoppable") ?? true,
            switchesPhases: try fields.bool("switches_phases") ?? false,
            watchdog: try Watchdog(fields.fields("watchdog")),
            failSafe: try fields.fields("fail_safe").map { fields throws(WireFault) in try FailSafeSettings(fields) },
            phaseSettling: try fields.seconds("phase_settling_s"), wakesCars: try fields.bool("wakes_cars") ?? false,
            pacing: try fields.seconds("pacing_s") ?? .seconds(5))
    }

    fileprivate var json: JSON {
        var members: [String: JSON] = [
            "minimum_a": .number(minimum), "maximum_a": .number(maximum), "step_a": .number(step),
            "stoppable": .bool(stoppable), "switches_phases": .bool(switchesPhases), "wakes_cars": .bool(wakesCars),
            "pacing_s": .number(pacing.exactSeconds),
        ]
        members["watchdog"] = watchdog.json
        members["fail_safe"] = failSafe?.json
        members["phase_settling_s"] = phaseSettling.map { .number($0.exactSeconds) }
        return .object(members)
    }
}

extension Watchdog {
    fileprivate init(_ fields: WireFields?) throws(WireFault) {
        guard let fields else {
            self = .none
            return
        }
        guard let after = try fields.seconds("after_s") else {
            throw .missing(fields.place("after_s"), expected: "the seconds after which the box falls back")
        }
        guard let limit = try fields.number("falls_to_a") else {
            self = .unknown(after: after)
            return
        }
        guard limit >= 0 else { throw .wrong(fields.place("falls_to_a"), expected: "0 or more", found: "\(limit)") }
        self = .falls(to: limit, after: after)
    }

    fileprivate var json: JSON? {
        switch self {
        case .none: nil
        case .unknown(let after): ["after_s": .number(after.exactSeconds)]
        case .falls(let limit, let after): ["falls_to_a": .number(limit), "after_s": .number(after.exactSeconds)]
        }
    }
}

extension FailSafeSettings {
    fileprivate init(_ fields: WireFields) throws(WireFault) {
        var timeouts: ClosedRange<Exact>?
        if let range = try fields.list("timeouts_s") {
            guard range.count == 2, let first = range[0].number, let last = range[1].number, first <= last else {
                throw .wrong(
                    fields.place("timeouts_s"), expected: "the shortest and the longest, in seconds",
                    found: JSON.array(range).description)
            }
            timeouts = first...last
        }
        self.init(
            current: try fields.text("current"), timeout: try fields.text("timeout"),
            leastCurrent: try fields.number("least_current_a") ?? 0, timeouts: timeouts)
    }

    fileprivate var json: JSON {
        var members: [String: JSON] = ["least_current_a": .number(leastCurrent)]
        members["current"] = current.map(JSON.string)
        members["timeout"] = timeout.map(JSON.string)
        members["timeouts_s"] = timeouts.map { [.number($0.lowerBound), .number($0.upperBound)] }
        return .object(members)
    }
}
