import Synchronization

/// What is special about a type, looked up once: a cast to a protocol costs more than writing the value.
struct TypeTraits: Sendable {
    let unordered: (any Unordered.Type)?

    private static let known = Mutex<[ObjectIdentifier: TypeTraits]>([:])

    static func of<Value>(_ value: Value) -> TypeTraits {
        let id = ObjectIdentifier(Value.self)
        if let traits = known.withLock({ $0[id] }) { return traits }
        let traits = TypeTraits(unordered: Value.self as? any Unordered.Type)
        known.withLock { $0[id] = traits }
        return traits
    }
}
