/// A name and a password as Basic authentication carries them (RFC 7617).
public struct BasicCredentials: Hashable, Sendable {
    /// The name, in OCPP the ChargePointID.
    public let user: String
    /// The password; any bytes, since OCPP 1.6 has keys of 16 to 20 bytes (AuthorizationKey).
    public let password: [UInt8]

    /// Credentials.
    public init(user: String, password: [UInt8]) {
        self.user = user
        self.password = password
    }

    /// Reads an `Authorization` field; nil when it is not of this scheme or broken. The name ends at the first colon.
    init?(field: String) {
        guard Text.lower(String(field.prefix(6))) == "basic ",
            let bytes = Base64.decode(Text.trimmed(field.dropFirst(6))),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self)
        else { return nil }
        self.init(user: user, password: Array(bytes[(colon + 1)...]))
    }

    var field: String { "Basic " + Digest.base64(Array(user.utf8) + [UInt8(ascii: ":")] + password) }
}

extension HTTPRequest {
    /// What the client authenticates with; nil without, or where it is broken or there twice.
    public var basicCredentials: BasicCredentials? {
        let fields = headers.values("Authorization")
        guard fields.count == 1, let field = fields.first else { return nil }
        return BasicCredentials(field: field)
    }
}
