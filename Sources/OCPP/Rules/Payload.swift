/// A request, a response or a part of one, with the rules of its properties.
public protocol Payload: Sendable, Equatable {
    /// The rules of its properties.
    static var rule: ObjectRule { get }

    /// Taken from properties that passed the rules.
    init(_ fields: Fields) throws(Violation)

    /// As JSON.
    var json: JSONObject { get }
}

extension Payload {
    /// Checks an object, what it holds too, and takes its values. What the rules do not know is left out.
    public init(json: JSONObject) throws(Violation) {
        try self.init(Fields(json, Self.rule))
    }

    /// Whether it obeys its own rules; a text that is too long, for example, does not.
    public func validate() throws(Violation) {
        _ = try Self(json: json)
    }
}

/// A message that asks for a response.
public protocol Request: Payload {
    /// The answer that belongs to it.
    associatedtype Response: Payload

    /// What it is called on the wire.
    static var action: Action { get }
}

/// A set of texts of which a property holds one.
protocol FieldEnumeration: FieldValue, RawRepresentable<String>, CaseIterable {}
