/// A large value that all copies of its owner share until one of them changes it: a copy takes one pointer.
///
/// Every device has a copy of the points of its profile, and most of a point is looked at only when a profile is loaded.
@propertyWrapper
public struct Shared<Value: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    /// Keeps a value.
    public init(wrappedValue: Value) { box = Box(wrappedValue) }

    /// The value; setting it changes no other copy.
    public var wrappedValue: Value {
        get { box.value }
        set { box = Box(newValue) }
    }
}

extension Shared: Equatable where Value: Equatable {
    /// Compares the values; what is shared is equal.
    public static func == (a: Shared, b: Shared) -> Bool { a.box === b.box || a.box.value == b.box.value }
}

extension Shared: Hashable where Value: Hashable {
    /// Hashes the value.
    public func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}
