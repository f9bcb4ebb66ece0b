/// The central system asks which root certificates there are (OCPP 1.6 security whitepaper, edition 2, chapter 5).
public struct GetInstalledCertificateIdsRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = GetInstalledCertificateIdsResponse
    /// What it is called on the wire.
    public static let action = Action.getInstalledCertificateIds

    /// What the certificate is for.
    public var certificateType: CertificateUse

    /// Made of its properties.
    public init(certificateType: CertificateUse) {
        self.certificateType = certificateType
    }
}

extension GetInstalledCertificateIdsRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetInstalledCertificateIds.req",
        [
            .required("certificateType", .oneOf(CertificateUse.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        certificateType = try fields.required("certificateType")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("certificateType", certificateType)
        return object
    }
}

/// The root certificates there are.
public struct GetInstalledCertificateIdsResponse: Payload {
    /// Which certificates.
    public var certificateHashData: [CertificateHashData]?
    /// The outcome.
    public var status: GetInstalledCertificateStatus

    /// Made of its properties.
    public init(certificateHashData: [CertificateHashData]? = nil, status: GetInstalledCertificateStatus) {
        self.certificateHashData = certificateHashData
        self.status = status
    }
}

extension GetInstalledCertificateIdsResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "GetInstalledCertificateIds.conf",
        [
            .optional("certificateHashData", .list(.object(CertificateHashData.self), least: 1)),
            .required("status", .oneOf(GetInstalledCertificateStatus.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        certificateHashData = try fields.optional("certificateHashData")
        status = try fields.required("status")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("certificateHashData", certificateHashData)
        object.put("status", status)
        return object
    }
}

/// Whether there are such certificates.
public enum GetInstalledCertificateStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case notFound = "NotFound"
}
