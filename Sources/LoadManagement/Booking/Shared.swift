/// A value that rarely changes and is copied often: copies share it, and a change makes a new one.
@propertyWrapper
public struct Shared<Value: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    private final class Storage: Sendable {
        let value: Value

        init(_ value: Value) { self.value = value }
    }

    private var storage: Storage

    /// Holds `wrappedValue`.
    public init(wrappedValue: Value) { storage = Storage(wrappedValue) }

    /// The value.
    public var wrappedValue: Value {
        get { storage.value }
        set { storage = Storage(newValue) }
    }

    /// Whether both hold equal values.
    public static func == (a: Shared, b: Shared) -> Bool {
        a.storage === b.storage || a.storage.value == b.storage.value
    }

    /// Feeds the value into `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(storage.value) }

    /// Reads the value as if it stood alone.
    public init(from decoder: any Decoder) throws { self.init(wrappedValue: try Value(from: decoder)) }

    /// Writes the value as if it stood alone.
    public func encode(to encoder: any Encoder) throws { try storage.value.encode(to: encoder) }
}
