import COpenSSL

extension TLSFault {
    /// The fault in the library's codes: the result of checking the certificate (x509_vfy.h), and its last error (sslerr.h).
    init(verification: Int, error: UInt, host: String) {
        let alert = Int32(SSL_AD_REASON_OFFSET)
        let reason = ch_ERR_GET_REASON(error)
        switch Int32(verification) {
        case X509_V_OK: break
        case X509_V_ERR_CERT_HAS_EXPIRED:
            self = .expired
            return
        case X509_V_ERR_CERT_NOT_YET_VALID:
            self = .notYetValid
            return
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            self = .wrongHost(host)
            return
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            self = .unknownAuthority
            return
        default:
            self = .badCertificate(TLSText.verification(verification))
            return
        }
        switch reason {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: self = .noCertificate
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_UNKNOWN_PROTOCOL, SSL_R_VERSION_TOO_LOW,
            alert + SSL_AD_PROTOCOL_VERSION:
            self = .version
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_BAD_RECORD_TYPE:
            self = .notTLS
        case alert..<(alert + 256):
            self = .refused(TLSText.reason(error) ?? "alert \(reason - alert)")
        default: self = .other(TLSText.reason(error) ?? "the connection was broken off")
        }
    }
}
