/// One `name=value` of a query, decoded; `+` stands for a space as forms write it.
public struct HTTPQueryItem: Hashable, Sendable {
    /// The part before the first `=`.
    public let name: String
    /// The part after it; empty when there is no `=`.
    public let value: String

    /// Makes an item.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
