/// How a connection is protected (OCPP 1.6 security whitepaper, edition 2, chapter 2).
public enum SecurityProfile: Int, Hashable, Sendable, Comparable, CaseIterable {
    /// 0: not at all.
    case open = 0
    /// 1: a password, without TLS.
    case password = 1
    /// 2: TLS with the server's certificate, and a password.
    case tls = 2
    /// 3: TLS with certificates of both sides.
    case certificates = 3

    /// Whether it speaks TLS.
    public var isSecure: Bool { self >= .tls }
    /// Whether the charge point shows a password.
    public var hasPassword: Bool { self == .password || self == .tls }

    /// The one that protects more is the greater one.
    public static func < (one: SecurityProfile, other: SecurityProfile) -> Bool { one.rawValue < other.rawValue }
}
