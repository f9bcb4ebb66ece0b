/// The charge point asks for its certificate to be signed (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct SignCertificateRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = SignCertificateResponse
    /// What it is called on the wire.
    public static let action = Action.signCertificate

    /// The certificate signing request as PEM, at most 5500 characters.
    public var csr: String

    /// Made of its properties.
    public init(csr: String) {
        self.csr = csr
    }
}

extension SignCertificateRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SignCertificate.req",
        [
            .required("csr", .text(maximum: 5500))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        csr = try fields.required("csr")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("csr", csr)
        return object
    }
}

/// Whether the request will be passed on.
public struct SignCertificateResponse: Payload {
    /// The outcome.
    public var status: SignCertificateStatus

    /// Made of its properties.
    public init(status: SignCertificateStatus) {
        self.status = status
    }
}

extension SignCertificateResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SignCertificate.conf",
        [
            .required("status", .oneOf(SignCertificateStatus.self))
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

/// Whether a signing request will be passed on.
public enum SignCertificateStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
