/// The central system removes a root certificate (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct DeleteCertificateRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = DeleteCertificateResponse
    /// What it is called on the wire.
    public static let action = Action.deleteCertificate

    /// Which certificate.
    public var certificateHashData: CertificateHashData

    /// Made of its properties.
    public init(certificateHashData: CertificateHashData) {
        self.certificateHashData = certificateHashData
    }
}

extension DeleteCertificateRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "DeleteCertificate.req",
        [
            .required("certificateHashData", .object(CertificateHashData.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        certificateHashData = try fields.required("certificateHashData")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("certificateHashData", certificateHashData)
        return object
    }
}

/// Whether the certificate was removed.
public struct DeleteCertificateResponse: Payload {
    /// The outcome.
    public var status: DeleteCertificateStatus

    /// Made of its properties.
    public init(status: DeleteCertificateStatus) {
        self.status = status
    }
}

extension DeleteCertificateResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "DeleteCertificate.conf",
        [
            .required("status", .oneOf(DeleteCertificateStatus.self))
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

/// Whether a certificate was removed.
public enum DeleteCertificateStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case failed = "Failed"
    case notFound = "NotFound"
}
