import DriverAPI

/// What a canonical point must be: the language's semantic model.
struct CanonicalPoint: Hashable, Sendable {
    /// What its value is.
    enum Meaning: Hashable, Sendable {
        /// A quantity in one of these canonical units; the first unless the profile says.
        case quantity([Unit])
        case boolean
        case members([String])
        /// Whole numbers 1, 2, 3, and `auto` where it can be set.
        case phases(auto: Bool)
        case text
        /// Text, a number or a version: what names a device.
        case identity
    }

    let meaning: Meaning
    /// The classes whose table lists it.
    let classes: Set<DeviceClass>

    /// The members an expression may compare it with.
    var members: [String]? {
        switch meaning {
        case .members(let members): members
        case .phases(let auto): ["1", "2", "3"] + (auto ? ["auto"] : [])
        default: nil
        }
    }

    /// The canonical point called `name`, for a device of `deviceClass`.
    ///
    /// A name keeps its meaning in every class; only the members of `state` belong to their class.
    static func named(_ name: String, for deviceClass: DeviceClass) -> CanonicalPoint? {
        if name == "state" { return states[deviceClass] }
        return table[name] ?? generator(name)
    }

    /// Whether the tables list `name` for `deviceClass`, so that an extension must not say it again.
    static func isListed(_ name: String, for deviceClass: DeviceClass) -> Bool {
        named(name, for: deviceClass)?.classes.contains(deviceClass) ?? false
    }

    /// All canonical names of a class, for suggestions.
    static func names(for deviceClass: DeviceClass) -> [String] {
        table.keys + (states[deviceClass] == nil ? [] : ["state"])
    }

    /// `dc.N.voltage`, `dc.N.current`, `dc.N.power`.
    private static func generator(_ name: String) -> CanonicalPoint? {
        guard name.hasPrefix("dc.") else { return nil }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
            let unit = ["voltage": Unit.V, "current": .A, "power": .W][String(parts[2])]
        else { return nil }
        return CanonicalPoint(meaning: .quantity([unit]), classes: [.inverter])
    }
}
