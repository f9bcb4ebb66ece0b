/// The value of a point or option, always in the canonical unit of its dimension.
public enum Value: Hashable, Sendable {
    /// A number or quantity; the unit stands beside it (``Reading/unit``).
    case number(Exact)
    /// A boolean.
    case bool(Bool)
    /// Free text.
    case text(String)
    /// A member of an enumeration, such as `C` or `not-ready`.
    case member(String)
    /// The names of the bits that are set, in the order of the profile.
    case flags([String])
    /// A version such as 1.0.7, part by part.
    case version([Int])

    /// The number, if it is one.
    public var number: Exact? { if case .number(let n) = self { n } else { nil } }
    /// The boolean, if it is one.
    public var bool: Bool? { if case .bool(let b) = self { b } else { nil } }
    /// The text or member, if it is one.
    public var text: String? {
        switch self {
        case .text(let t), .member(let t): t
        default: nil
        }
    }
}

extension Value {
    /// The value as it stands in an identity: a version without its leading `v`.
    public var plainText: String {
        if case .version(let parts) = self { return parts.map(String.init).joined(separator: ".") }
        return description
    }
}

extension Value: CustomStringConvertible {
    /// The value as a person reads it, without unit.
    public var description: String {
        switch self {
        case .number(let n): n.description
        case .bool(let b): b ? "true" : "false"
        case .text(let t), .member(let t): t
        case .flags(let names): "[" + names.joined(separator: ", ") + "]"
        case .version(let parts): "v" + parts.map(String.init).joined(separator: ".")
        }
    }
}

extension Value: Codable {
    private enum Key: String, CodingKey { case number, bool, text, member, flags, version }

    /// Reads `{"number": 6854}`, `{"member": "C"}` and so on.
    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        if let n = try c.decodeIfPresent(Exact.self, forKey: .number) {
            self = .number(n)
        } else if let b = try c.decodeIfPresent(Bool.self, forKey: .bool) {
            self = .bool(b)
        } else if let t = try c.decodeIfPresent(String.self, forKey: .text) {
            self = .text(t)
        } else if let m = try c.decodeIfPresent(String.self, forKey: .member) {
            self = .member(m)
        } else if let f = try c.decodeIfPresent([String].self, forKey: .flags) {
            self = .flags(f)
        } else {
            self = .version(try c.decode([Int].self, forKey: .version))
        }
    }

    /// Writes one key that names the kind.
    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        switch self {
        case .number(let n): try c.encode(n, forKey: .number)
        case .bool(let b): try c.encode(b, forKey: .bool)
        case .text(let t): try c.encode(t, forKey: .text)
        case .member(let m): try c.encode(m, forKey: .member)
        case .flags(let f): try c.encode(f, forKey: .flags)
        case .version(let v): try c.encode(v, forKey: .version)
        }
    }
}
