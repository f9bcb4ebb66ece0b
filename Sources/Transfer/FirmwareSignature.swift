import COpenSSL
import Foundation

/// The signature of a firmware file, made with SHA-256 and RSA or ECDSA by the key of a certificate that the manufacturer
/// has issued (OCPP 1.6 security whitepaper, edition 2, L01).
public struct FirmwareSignature: Sendable {
    /// Why a firmware must not be installed.
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// The certificate cannot be read.
        case certificate
        /// No root of the manufacturer is installed.
        case noRoot
        /// The certificate was not issued by the manufacturer, or its time has passed; the library's word.
        case untrusted(String)
        /// The key is none that the standard allows.
        case key
        /// The signature is no Base64.
        case form
        /// The signature is of another file, or by another key.
        case mismatch
        /// The file cannot be read.
        case file(TransferError)

        /// What is wrong, and what to do.
        public var description: String {
            switch self {
            case .certificate: "the signing certificate cannot be read"
            case .noRoot: "no root certificate of the manufacturer is installed; name one with firmware: {root: FILE}"
            case .untrusted(let why): "the signing certificate is not believed: \(why)"
            case .key: "the signing certificate has no RSA key of at least 2048 bits and no key on an elliptic curve"
            case .form: "the signature is no Base64"
            case .mismatch: "the signature does not fit the file"
            case .file(let error): "\(error)"
            }
        }
    }

    private let certificate: [UInt8]
    private let signature: [UInt8]
    private let roots: [[UInt8]]

    /// A signature in Base64 with its certificate in PEM, and the manufacturer's roots in PEM. Throws ``Fault``.
    public init(_ signature: String, certificate: String, roots: [[UInt8]]) throws(Fault) {
        guard let bytes = Data(base64Encoded: signature, options: .ignoreUnknownCharacters), !bytes.isEmpty else {
            throw .form
        }
        self.signature = Array(bytes)
        self.certificate = Array(certificate.utf8)
        self.roots = roots
    }

    /// Refuses a certificate that no root has issued, or whose time has not come or has passed at `time` (s since 1970).
    ///
    /// Throws ``Fault``.
    public func checkCertificate(at time: Int) throws(Fault) {
        let chain = PEMCertificates(certificate)
        guard let leaf = chain.all.first else { throw .certificate }
        let trusted = roots.map(PEMCertificates.init)
        // The library is handed pointers into them.
        defer { withExtendedLifetime((chain, trusted)) {} }
        guard trusted.contains(where: { !$0.all.isEmpty }) else { throw .noRoot }
        guard let store = X509_STORE_new(), let context = X509_STORE_CTX_new() else { throw .certificate }
        defer {
            X509_STORE_CTX_free(context)
            X509_STORE_free(store)
        }
        for root in trusted.flatMap(\.all) { X509_STORE_add_cert(store, root) }
        let others = ch_X509_stack_new()
        defer { ch_X509_stack_free(others) }
        for between in chain.all.dropFirst() { ch_X509_stack_push(others, between) }
        guard X509_STORE_CTX_init(context, store, leaf, others) == 1 else { throw .certificate }
        X509_STORE_CTX_set_time(context, 0, time)
        guard X509_verify_cert(context) == 1 else {
            let why = X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context)))
            throw .untrusted(why.map { String(cString: $0) } ?? "it does not fit")
        }
        guard let key = X509_get0_pubkey(leaf), Self.isAllowed(key) else { throw .key }
    }

    /// Refuses a file that the certificate's key has not signed. Throws ``Fault``. It blocks while it reads.
    public func check(_ path: String) throws(Fault) {
        guard let leaf = PEMCertificates(certificate).copy(), let context = EVP_MD_CTX_new() else { throw .certificate }
        defer {
            EVP_MD_CTX_free(context)
            X509_free(leaf)
        }
        guard let key = X509_get0_pubkey(leaf), Self.isAllowed(key) else { throw .key }
        guard EVP_DigestVerifyInit(context, nil, ch_sha256(), nil, key) == 1 else { throw .key }
        do throws(TransferError) {
            try FileBytes.read(path) { bytes in _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
        } catch {
            throw .file(error)
        }
        let isRight = EVP_DigestVerifyFinal(context, signature, signature.count) == 1
        ERR_clear_error()
        guard isRight else { throw .mismatch }
    }

    private static func isAllowed(_ key: OpaquePointer) -> Bool {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA: EVP_PKEY_get_bits(key) >= 2048
        case EVP_PKEY_EC: EVP_PKEY_get_bits(key) >= 224
        default: false
        }
    }
}
