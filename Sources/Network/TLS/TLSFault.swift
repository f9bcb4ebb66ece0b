/// Why a TLS connection did not come about.
public enum TLSFault: Error, Hashable, Sendable {
    /// The other side's certificate is no longer valid.
    case expired
    /// It is not valid yet; often the clock of this machine is not set.
    case notYetValid
    /// It is for other hosts.
    case wrongHost(String)
    /// It comes from nobody this side trusts.
    case unknownAuthority
    /// It was revoked, or must not be used for this, or is otherwise no good, in the library's words.
    case badCertificate(String)
    /// The client showed no certificate although one is demanded.
    case noCertificate
    /// The other side refused, in the words of its alert (RFC 8446, 6).
    case refused(String)
    /// There is no version of TLS both sides speak.
    case version
    /// What came is no TLS.
    case notTLS
    /// Another fault, in the library's words.
    case other(String)

    /// Whether the certificate of the other side is what was wrong (a security event of its own in OCPP).
    public var isCertificateFault: Bool {
        switch self {
        case .expired, .notYetValid, .wrongHost, .unknownAuthority, .badCertificate, .noCertificate: true
        case .refused, .version, .notTLS, .other: false
        }
    }
}

extension TLSFault: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .expired: "its certificate has expired; it needs a new one"
        case .notYetValid: "its certificate is not valid yet; look at the clock of this machine"
        case .wrongHost(let host): "its certificate is not for \(host); use the name it was made for"
        case .unknownAuthority: "its certificate comes from an authority that is not trusted here; add that authority"
        case .badCertificate(let reason): "its certificate is no good: \(reason)"
        case .noCertificate: "it showed no certificate, and one is demanded"
        case .refused(let alert): "it refused the connection: \(alert)"
        case .version: "it speaks no version of TLS that is allowed here (1.2 and later)"
        case .notTLS: "it does not speak TLS on this port"
        case .other(let reason): "TLS failed: \(reason)"
        }
    }
}
