/// A key of one connector, or of all of them, as a backend names it.
public struct KeyReference: Sendable {
    /// The key.
    public let key: ConfigurationKey
    /// The connector of an individual key; nil for all other scopes.
    public let connector: Int?

    /// The name on the wire: with `_n` for connector n from 2 on.
    public var wireName: String {
        guard let connector, connector > 1 else { return key.name }
        return "\(key.name)_\(connector)"
    }

    /// The key that a name stands for; nil if it is not known.
    ///
    /// Only individual keys have a suffix, and only for a connector that exists; connector 1 has none (its key is bare), and
    /// `_02` is not 2.
    init?(_ name: String, connectors: Set<Int>) {
        if let key = ConfigurationKey.named(name) {
            self.init(key: key, connector: key.scope == .individual ? 1 : nil)
            return
        }
        guard let line = name.lastIndex(of: "_"), let key = ConfigurationKey.named(String(name[..<line])),
            key.scope == .individual, let number = Int(name[name.index(after: line)...]),
            "\(number)" == name[name.index(after: line)...], number > 1, connectors.contains(number)
        else { return nil }
        self.init(key: key, connector: number)
    }

    init(key: ConfigurationKey, connector: Int?) {
        self.key = key
        self.connector = connector
    }
}
