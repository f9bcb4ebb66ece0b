/// The central system delivers a signed certificate (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct CertificateSignedRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = CertificateSignedResponse
    /// What it is called on the wire.
    public static let action = Action.certificateSigned

    /// The certificate and those that signed it, as PEM, at most 10000 characters.
    public var certificateChain: String

    /// Made of its properties.
    public init(certificateChain: String) {
        self.certificateChain = certificateChain
    }
}

extension CertificateSignedRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "CertificateSigned.req",
        [
            .required("certificateChain", .text(maximum: 10000))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        certificateChain = try fields.required("certificateChain")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("certificateChain", certificateChain)
        return object
    }
}

/// Whether the certificate was taken.
public struct CertificateSignedResponse: Payload {
    /// The outcome.
    public var status: CertificateSignedStatus

    /// Made of its properties.
    public init(status: CertificateSignedStatus) {
        self.status = status
    }
}

extension CertificateSignedResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "CertificateSigned.conf",
        [
            .required("status", .oneOf(CertificateSignedStatus.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        return object
    }
}

/// Whether a signed certificate was taken.
public enum CertificateSignedStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
