import COpenSSL

/// Certificates out of PEM (RFC 7468), freed with it: whoever uses one of `all` keeps this alive meanwhile.
final class PEMCertificates {
    let all: [OpaquePointer]

    init(_ bytes: [UInt8]) {
        all = bytes.withUnsafeBytes { buffer in
            var all: [OpaquePointer] = []
            guard let length = Int32(exactly: buffer.count), let source = BIO_new_mem_buf(buffer.baseAddress, length)
            else { return all }
            while let certificate = PEM_read_bio_X509(source, nil, { _, _, _, _ in -1 }, nil) {
                all.append(certificate)
            }
            BIO_free(source)
            ERR_clear_error()
            return all
        }
    }

    deinit { all.forEach { X509_free($0) } }

    /// The first one, for whoever outlives this; to be freed.
    func copy() -> OpaquePointer? { all.first.flatMap { X509_dup($0) } }
}
