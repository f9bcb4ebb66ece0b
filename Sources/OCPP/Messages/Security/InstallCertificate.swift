/// The central system delivers a root certificate (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct InstallCertificateRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = InstallCertificateResponse
    /// What it is called on the wire.
    public static let action = Action.installCertificate

    /// What the certificate is for.
    public var certificateType: CertificateUse
    /// The certificate as PEM, at most 5500 characters.
    public var certificate: String

    /// Made of its properties.
    public init(certificateType: CertificateUse, certificate: String) {
        self.certificateType = certificateType
        self.certificate = certificate
    }
}

extension InstallCertificateRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "InstallCertificate.req",
        [
            .required("certificateType", .oneOf(CertificateUse.self)),
            .required("certificate", .text(maximum: 5500)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        certificateType = try fields.required("certificateType")
        certificate = try fields.required("certificate")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("certificateType", certificateType)
        object.put("certificate", certificate)
        return object
    }
}

/// Whether the certificate was stored.
public struct InstallCertificateResponse: Payload {
    /// The outcome.
    public var status: InstallCertificateStatus

    /// Made of its properties.
    public init(status: InstallCertificateStatus) {
        self.status = status
    }
}

extension InstallCertificateResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "InstallCertificate.conf",
        [
            .required("status", .oneOf(InstallCertificateStatus.self))
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

/// Whether a root certificate was stored.
public enum InstallCertificateStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case failed = "Failed"
    case rejected = "Rejected"
}
