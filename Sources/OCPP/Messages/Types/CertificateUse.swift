/// What a root certificate is for.
public enum CertificateUse: String, Sendable, CaseIterable, FieldEnumeration {
    case centralSystemRootCertificate = "CentralSystemRootCertificate"
    case manufacturerRootCertificate = "ManufacturerRootCertificate"
}
