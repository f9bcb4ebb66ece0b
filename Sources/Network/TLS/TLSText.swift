import COpenSSL

/// The library's words.
enum TLSText {
    /// The last error of this thread; the others are dropped.
    static func lastError() -> String {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return reason(code) ?? "no PEM in it"
    }

    static func reason(_ code: UInt) -> String? {
        guard code != 0, let text = ERR_reason_error_string(code) else { return nil }
        return String(cString: text)
    }

    /// What a certificate was refused for.
    static func verification(_ code: Int) -> String { String(cString: X509_verify_cert_error_string(code)) }

    static func peer(of ssl: OpaquePointer) -> TLSPeer {
        let version = String(cString: SSL_get_version(ssl))
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return TLSPeer(version: version) }
        defer { X509_free(certificate) }
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let hasDigest = X509_digest(certificate, ch_sha256(), &digest, &length) == 1
        return TLSPeer(
            version: version, commonName: commonName(of: certificate), fingerprint: hasDigest ? Digest.hex(digest) : nil
        )
    }

    private static func commonName(of certificate: OpaquePointer) -> String? {
        guard let subject = X509_get_subject_name(certificate) else { return nil }
        let place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard place >= 0, let entry = X509_NAME_get_entry(subject, place),
            let value = X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let length = ASN1_STRING_to_UTF8(&text, value)
        guard length >= 0, let text else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self)
    }
}
