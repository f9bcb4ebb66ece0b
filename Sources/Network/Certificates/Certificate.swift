import COpenSSL

/// An X.509 certificate (RFC 5280) and what is asked of one before it is used.
public struct Certificate: Sendable {
    /// How a name and a key are hashed.
    public enum Hash: String, Sendable, CaseIterable {
        case sha256 = "SHA256"
        case sha384 = "SHA384"
        case sha512 = "SHA512"
    }

    /// Keeps the library's certificate alive.
    ///
    /// `@unchecked Sendable`: the certificate is not changed after it was read, and reading it from several threads is
    /// allowed (openssl-threads(7)).
    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { X509_free(pointer) }
    }

    private let handle: Handle
    private var pointer: OpaquePointer { handle.pointer }

    /// The certificates in PEM, in order; none where there is none.
    public static func all(in pem: [UInt8]) -> [Certificate] {
        PEM.certificates(pem).map { Certificate(handle: Handle($0)) }
    }

    /// The common name of whom it is for; nil where there is none.
    public var commonName: String? {
        guard let name = X509_get_subject_name(pointer) else { return nil }
        var text = [CChar](repeating: 0, count: 256)
        let length = X509_NAME_get_text_by_NID(name, NID_commonName, &text, Int32(text.count))
        guard length >= 0 else { return nil }
        return String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether it may sign others (basic constraints, RFC 5280, 4.2.1.9).
    public var isAuthority: Bool { X509_check_ca(pointer) >= 1 }

    /// Whether it has signed itself, as roots have.
    public var isSelfSigned: Bool { isSigned(by: self) }

    /// Whether the other one's key has signed this one, and its name is that of the issuer.
    public func isSigned(by other: Certificate) -> Bool {
        defer { ERR_clear_error() }
        guard X509_check_issued(other.pointer, pointer) == X509_V_OK, let key = X509_get0_pubkey(other.pointer) else {
            return false
        }
        return X509_verify(pointer, key) == 1
    }

    /// Whether it is valid at a moment, in seconds since 1970.
    public func isValid(at seconds: Int) -> Bool {
        var time = seconds
        guard let from = X509_get0_notBefore(pointer), let to = X509_get0_notAfter(pointer) else { return false }
        return X509_cmp_time(from, &time) < 0 && X509_cmp_time(to, &time) > 0
    }

    /// Whether a private key in PEM is its own.
    public func belongs(to key: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        guard let key = PEM.key(key) else { return false }
        defer { EVP_PKEY_free(key) }
        return X509_check_private_key(pointer, key) == 1
    }

    /// The serial number in hexadecimal digits, without zeros in front.
    public var serialNumber: String {
        guard let serial = X509_get0_serialNumber(pointer), let number = ASN1_INTEGER_to_BN(serial, nil) else {
            return ""
        }
        defer { BN_free(number) }
        guard let text = BN_bn2hex(number) else { return "" }
        defer { CRYPTO_free(text, #file, #line) }
        let digits = String(cString: text).lowercased().drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    /// The hash of the issuer's name in DER, in hexadecimal digits (RFC 6960, 4.1.1).
    public func issuerNameHash(_ hash: Hash) -> String {
        guard let name = X509_get_issuer_name(pointer) else { return "" }
        return digest(hash) { X509_NAME_digest(name, $0, $1, $2) }
    }

    /// The hash of its own public key without tag and length, in hexadecimal digits: that of the issuer's for a root
    /// (RFC 6960, 4.1.1).
    public func keyHash(_ hash: Hash) -> String {
        digest(hash) { X509_pubkey_digest(pointer, $0, $1, $2) }
    }

    private func digest(
        _ hash: Hash, _ make: (OpaquePointer?, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt32>) -> Int32
    ) -> String {
        let kind =
            switch hash {
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            }
        var bytes = [UInt8](repeating: 0, count: 64)
        var count: UInt32 = 0
        guard make(kind, &bytes, &count) == 1 else { return "" }
        return Digest.hex(bytes.prefix(Int(count)))
    }
}
