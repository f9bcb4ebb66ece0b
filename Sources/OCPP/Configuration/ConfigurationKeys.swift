/// The configuration of a station: the values of all keys, for the connectors that there are.
public struct ConfigurationKeys: Sendable {
    /// The connectors, 1 among them. Their numbers may have gaps: none is given twice.
    public private(set) var connectors: Set<Int>
    /// The values that differ from the defaults, by the name on the wire; to be stored.
    public private(set) var values: [String: String]

    /// A configuration with values that were stored. What is not known any more, or not allowed, is left out.
    public init(connectors: Set<Int> = [1], values: [String: String] = [:]) {
        let connectors = connectors.union([1])
        self.connectors = connectors
        self.values = [:]
        for (name, value) in values {
            guard let reference = KeyReference(name, connectors: connectors),
                let value = reference.key.type.normalised(value)
            else { continue }
            self.values[reference.wireName] = value
        }
    }

    /// Changes which connectors there are; the values of those that are gone are dropped.
    public mutating func setConnectors(_ connectors: Set<Int>) {
        self = ConfigurationKeys(connectors: connectors, values: values)
    }

    /// The value of a key, of one connector if it is an individual one; nil if there is none.
    public func value(_ name: String, connector: Int = 1) -> String? {
        guard let key = ConfigurationKey.named(name) else { return nil }
        return value(KeyReference(key: key, connector: key.scope == .individual ? connector : nil))
    }

    /// The whole number that a key has; nil if there is none.
    public func integer(_ name: String, connector: Int = 1) -> Int? {
        value(name, connector: connector).flatMap { Int($0) }
    }

    /// Whether a key is true.
    public func isOn(_ name: String) -> Bool { value(name) == "true" }

    /// Sets a value from inside, a read-only key's too. False if the key is not known or does not take the value.
    @discardableResult
    public mutating func set(_ name: String, connector: Int = 1, to value: String) -> Bool {
        guard let key = ConfigurationKey.named(name), let value = key.type.normalised(value),
            key.scope != .individual || connectors.contains(connector)
        else { return false }
        values[KeyReference(key: key, connector: key.scope == .individual ? connector : nil).wireName] = value
        return true
    }

    /// Gives a key of the whole station its default again.
    public mutating func reset(_ name: String) {
        guard let key = ConfigurationKey.named(name) else { return }
        values[key.name] = nil
    }

    /// Answers a GetConfiguration: all keys that may be shown if none is named, individual ones once per connector.
    ///
    /// A key that may only be written is left out of the list; asked for by its name it has no value.
    public func answer(_ request: GetConfigurationRequest) -> GetConfigurationResponse {
        let names = request.key ?? []
        guard !names.isEmpty else { return GetConfigurationResponse(configurationKey: references.map(shown)) }
        var known: [KeyValue] = []
        var unknown: [String] = []
        for name in names {
            if let reference = KeyReference(name, connectors: connectors) {
                known.append(shown(reference))
            } else {
                unknown.append(name)
            }
        }
        return GetConfigurationResponse(
            configurationKey: known.isEmpty ? nil : known, unknownKey: unknown.isEmpty ? nil : unknown)
    }

    /// Every key that may be shown, with its name on the wire.
    public var references: [KeyReference] {
        ConfigurationKey.all.filter { $0.access != .writeOnly }.flatMap { key in
            key.scope == .individual
                ? connectors.sorted().map { KeyReference(key: key, connector: $0) }
                : [KeyReference(key: key, connector: nil)]
        }
    }

    mutating func store(_ reference: KeyReference, _ value: String) { values[reference.wireName] = value }

    func value(_ reference: KeyReference) -> String? {
        if reference.key.name == "NumberOfConnectors" { return String(connectors.max() ?? 1) }
        return values[reference.wireName] ?? reference.key.defaultValue
    }

    private func shown(_ reference: KeyReference) -> KeyValue {
        KeyValue(
            key: reference.wireName, readonly: reference.key.access == .readOnly,
            value: reference.key.access == .writeOnly ? nil : value(reference))
    }
}
