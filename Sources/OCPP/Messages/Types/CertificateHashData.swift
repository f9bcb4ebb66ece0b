/// Which certificate is meant (security whitepaper, edition 2, chapter 6).
public struct CertificateHashData: Payload {
    /// The algorithm of both hashes.
    public var hashAlgorithm: HashAlgorithm
    /// The hash of the issuer's name, hexadecimal, at most 128 characters.
    public var issuerNameHash: String
    /// The hash of the issuer's public key, hexadecimal, at most 128 characters.
    public var issuerKeyHash: String
    /// The certificate's serial number, at most 40 characters.
    public var serialNumber: String

    /// Made of its properties.
    public init(hashAlgorithm: HashAlgorithm, issuerNameHash: String, issuerKeyHash: String, serialNumber: String) {
        self.hashAlgorithm = hashAlgorithm
        self.issuerNameHash = issuerNameHash
        self.issuerKeyHash = issuerKeyHash
        self.serialNumber = serialNumber
    }
}

extension CertificateHashData {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "CertificateHashDataType",
        [
            .required("hashAlgorithm", .oneOf(HashAlgorithm.self)),
            .required("issuerNameHash", .text(maximum: 128)),
            .required("issuerKeyHash", .text(maximum: 128)),
            .required("serialNumber", .text(maximum: 40)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        hashAlgorithm = try fields.required("hashAlgorithm")
        issuerNameHash = try fields.required("issuerNameHash")
        issuerKeyHash = try fields.required("issuerKeyHash")
        serialNumber = try fields.required("serialNumber")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("hashAlgorithm", hashAlgorithm)
        object.put("issuerNameHash", issuerNameHash)
        object.put("issuerKeyHash", issuerKeyHash)
        object.put("serialNumber", serialNumber)
        return object
    }
}

/// The algorithm of a hash.
public enum HashAlgorithm: String, Sendable, CaseIterable, FieldEnumeration {
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"
}
