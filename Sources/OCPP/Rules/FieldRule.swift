/// What one property of a message may hold. The rules are the source of checking, of the binary framing and of its page.
public struct FieldRule: Sendable {
    /// What kind of value a property holds.
    public indirect enum Kind: Sendable {
        /// A text of at most so many characters; without a limit if nil.
        case text(maximum: Int?)
        /// A whole number of at most 18 digits, not smaller than the least one.
        case integer(least: Int?)
        /// A multiple of 0.1.
        case tenths
        case boolean
        /// A date and time.
        case timestamp
        /// One of the texts of an enumeration.
        case oneOf(Enumeration)
        case object(ObjectRule)
        /// At least so many elements of a kind.
        case list(Kind, least: Int)
    }

    /// The property's name in JSON.
    public let name: String
    /// What it may hold.
    public let kind: Kind
    /// Whether a message without it is refused.
    public let isRequired: Bool

    /// A property that must be there.
    public static func required(_ name: String, _ kind: Kind) -> FieldRule {
        FieldRule(name: name, kind: kind, isRequired: true)
    }

    /// A property that may be left out.
    public static func optional(_ name: String, _ kind: Kind) -> FieldRule {
        FieldRule(name: name, kind: kind, isRequired: false)
    }
}

extension FieldRule.Kind {
    /// One of the texts of an enumeration.
    static func oneOf<Values: CaseIterable & RawRepresentable<String>>(_ values: Values.Type) -> FieldRule.Kind {
        .oneOf(Enumeration(name: String(describing: values), values: values.allCases.map(\.rawValue)))
    }

    /// An object with the rules of a type.
    static func object<Part: Payload>(_ type: Part.Type) -> FieldRule.Kind { .object(type.rule) }
}

/// The rules of one object: a request, a response or a part of them.
public struct ObjectRule: Sendable {
    /// The type's name in the standard: `StartTransaction.req`, `IdTagInfo`.
    public let name: String
    /// Its properties, in the order in which they are sent.
    public let fields: [FieldRule]
    private let names: [String]

    init(_ name: String, _ fields: [FieldRule] = []) {
        self.name = name
        self.fields = fields
        names = fields.map(\.name)
    }

    /// The place of a property among the fields; looked for from `guess` on, since most messages keep the order.
    func place(of property: String, guess: Int = 0) -> Int? {
        var place = guess
        for _ in 0..<names.count {
            if place >= names.count { place = 0 }
            if names[place] == property { return place }
            place += 1
        }
        return nil
    }

    /// The rule of a property; nil if there is none.
    func kind(of property: String) -> FieldRule.Kind? { place(of: property).map { fields[$0].kind } }
}
