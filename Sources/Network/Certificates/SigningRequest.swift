import COpenSSL

/// A new key and the request to certify it (PKCS #10, RFC 2986).
public struct SigningRequest: Sendable {
    /// The private key in PEM, without a password; never leaves this machine.
    public let key: [UInt8]
    /// The request in PEM.
    public let request: [UInt8]

    /// Makes a key on the curve P-256 and a request for these names; throws ``TLSError/library(reason:)``.
    ///
    /// - Parameters:
    ///   - commonName: whom the certificate is for, at most 64 characters (RFC 5280, A.1).
    ///   - organization: who operates it, at most 64 characters; nil for nobody.
    public init(commonName: String, organization: String? = nil) throws(TLSError) {
        ERR_clear_error()
        guard let pair = ch_EVP_EC_gen("P-256") else { throw .library(reason: TLSText.lastError()) }
        defer { EVP_PKEY_free(pair) }
        guard let made = X509_REQ_new() else { throw .library(reason: TLSText.lastError()) }
        defer { X509_REQ_free(made) }
        guard let name = X509_REQ_get_subject_name(made) else { throw .library(reason: TLSText.lastError()) }
        var fields = [("CN", commonName)]
        if let organization, !organization.isEmpty { fields.insert(("O", organization), at: 0) }
        for (field, text) in fields {
            let bytes = Array(text.utf8)
            guard X509_NAME_add_entry_by_txt(name, field, ch_MBSTRING_UTF8(), bytes, Int32(bytes.count), -1, 0) == 1
            else { throw .library(reason: TLSText.lastError()) }
        }
        guard X509_REQ_set_version(made, 0) == 1, X509_REQ_set_pubkey(made, pair) == 1,
            X509_REQ_sign(made, pair, ch_sha256()) > 0
        else { throw .library(reason: TLSText.lastError()) }
        request = try SigningRequest.written { PEM_write_bio_X509_REQ($0, made) }
        key = try SigningRequest.written { PEM_write_bio_PrivateKey($0, pair, nil, nil, 0, nil, nil) }
    }

    private static func written(_ write: (OpaquePointer) -> Int32) throws(TLSError) -> [UInt8] {
        guard let memory = BIO_new(BIO_s_mem()) else { throw .library(reason: TLSText.lastError()) }
        defer { BIO_free(memory) }
        var data: UnsafeMutablePointer<CChar>?
        guard write(memory) == 1 else { throw .library(reason: TLSText.lastError()) }
        let count = ch_BIO_get_mem_data(memory, &data)
        guard let data, count > 0 else { throw .library(reason: "an empty text was written") }
        return UnsafeBufferPointer(start: data, count: count).map { UInt8(bitPattern: $0) }
    }
}
