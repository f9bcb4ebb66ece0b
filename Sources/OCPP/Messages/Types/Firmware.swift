/// Signed firmware: where it is, when to fetch and install it (security whitepaper, edition 2, chapter 6).
public struct Firmware: Payload {
    /// Where the file is, or where it is to be put, at most 512 characters.
    public var location: String
    /// When to fetch it.
    public var retrieveDateTime: Timestamp
    /// When to install it.
    public var installDateTime: Timestamp?
    /// The certificate of the signature, as PEM, at most 5500 characters.
    public var signingCertificate: String
    /// The signature, base64, at most 800 characters.
    public var signature: String

    /// Made of its properties.
    public init(
        location: String, retrieveDateTime: Timestamp, installDateTime: Timestamp? = nil, signingCertificate: String,
        signature: String
    ) {
        self.location = location
        self.retrieveDateTime = retrieveDateTime
        self.installDateTime = installDateTime
        self.signingCertificate = signingCertificate
        self.signature = signature
    }
}

extension Firmware {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "FirmwareType",
        [
            .required("location", .text(maximum: 512)),
            .required("retrieveDateTime", .timestamp),
            .optional("installDateTime", .timestamp),
            .required("signingCertificate", .text(maximum: 5500)),
            .required("signature", .text(maximum: 800)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        location = try fields.required("location")
        retrieveDateTime = try fields.required("retrieveDateTime")
        installDateTime = try fields.optional("installDateTime")
        signingCertificate = try fields.required("signingCertificate")
        signature = try fields.required("signature")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("location", location)
        object.put("retrieveDateTime", retrieveDateTime)
        object.put("installDateTime", installDateTime)
        object.put("signingCertificate", signingCertificate)
        object.put("signature", signature)
        return object
    }
}
