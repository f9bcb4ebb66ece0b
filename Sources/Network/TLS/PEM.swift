import COpenSSL

/// Reads what stands in PEM (RFC 7468).
enum PEM {
    /// The certificates in order; who gets them frees them.
    static func certificates(_ bytes: [UInt8]) -> [OpaquePointer] {
        reading(bytes) { source in
            var certificates: [OpaquePointer] = []
            while let certificate = PEM_read_bio_X509(source, nil, refusePassword, nil) {
                certificates.append(certificate)
            }
            // That nothing follows the last one is no error.
            if !certificates.isEmpty { ERR_clear_error() }
            return certificates
        } ?? []
    }

    /// A private key; who gets it frees it.
    static func key(_ bytes: [UInt8]) -> OpaquePointer? {
        reading(bytes) { source in PEM_read_bio_PrivateKey(source, nil, refusePassword, nil) } ?? nil
    }

    private static func reading<Value>(_ bytes: [UInt8], _ body: (OpaquePointer) -> Value) -> Value? {
        guard let length = Int32(exactly: bytes.count) else { return nil }
        ERR_clear_error()
        return bytes.withUnsafeBytes { buffer in
            guard let source = BIO_new_mem_buf(buffer.baseAddress, length) else { return nil }
            defer { BIO_free(source) }
            return body(source)
        }
    }
}

/// A key with a password would make the library ask for it on the terminal.
private func refusePassword(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ user: UnsafeMutableRawPointer?
) -> Int32 { -1 }
