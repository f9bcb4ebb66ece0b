/// Why certificates or keys cannot be used.
public enum TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No certificate could be read.
    case noCertificate(reason: String)
    /// No private key could be read.
    case noKey(reason: String)
    /// The key is not that of the certificate.
    case keyOfAnother
    /// No authority could be read.
    case noAuthority(reason: String)
    /// The library has no memory left, or refuses an option.
    case library(reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noCertificate(let reason):
            "the certificate cannot be read (\(reason)); give it in PEM, its chain after it"
        case .noKey(let reason): "the private key cannot be read (\(reason)); give it in PEM without a password"
        case .keyOfAnother: "the private key is not that of the certificate; give the pair that was made together"
        case .noAuthority(let reason): "the authorities cannot be read (\(reason)); give their certificates in PEM"
        case .library(let reason): "TLS cannot be used: \(reason)"
        }
    }
}
