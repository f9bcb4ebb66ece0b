import COpenSSL

/// Certificates and rules, loaded; connections that were made with it keep it.
///
/// `@unchecked Sendable`: it is not changed after `init`, and `SSL_new` may be called by several threads on one context
/// (openssl-threads(7)).
final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer

    private init(_ method: OpaquePointer?, _ minimum: TLSVersion) throws(TLSError) {
        guard let made = SSL_CTX_new(method) else { throw .library(reason: TLSText.lastError()) }
        handle = made
        guard ch_SSL_CTX_set_min_proto_version(made, minimum.rawValue) == 1 else {
            throw .library(reason: TLSText.lastError())
        }
        ch_SSL_CTX_release_buffers(made)
        ch_SSL_CTX_refuse_renegotiation(made)
    }

    deinit { SSL_CTX_free(handle) }

    convenience init(_ options: TLSServerOptions) throws(TLSError) {
        try self.init(TLS_server_method(), options.minimum)
        try use(options.identity)
        guard let authorities = options.clientAuthorities else { return }
        try trust(authorities, announces: true)
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        let name = Array("chargehost".utf8)
        SSL_CTX_set_session_id_context(handle, name, UInt32(name.count))
    }

    convenience init(_ options: TLSClientOptions) throws(TLSError) {
        try self.init(TLS_client_method(), options.minimum)
        if let identity = options.identity { try use(identity) }
        if let authorities = options.authorities {
            try trust(authorities, announces: false)
            if options.trustsSystemToo { SSL_CTX_set_default_verify_paths(handle) }
        } else if SSL_CTX_set_default_verify_paths(handle) != 1 {
            throw .noAuthority(reason: TLSText.lastError())
        }
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
    }

    private func use(_ identity: TLSIdentity) throws(TLSError) {
        let certificates = PEM.certificates(identity.certificates)
        defer { certificates.forEach { X509_free($0) } }
        guard let own = certificates.first else { throw .noCertificate(reason: TLSText.lastError()) }
        guard SSL_CTX_use_certificate(handle, own) == 1 else { throw .noCertificate(reason: TLSText.lastError()) }
        for certificate in certificates.dropFirst()
        where ch_SSL_CTX_add1_chain_cert(handle, certificate) != 1 {
            throw .noCertificate(reason: TLSText.lastError())
        }
        guard let key = PEM.key(identity.key) else { throw .noKey(reason: TLSText.lastError()) }
        defer { EVP_PKEY_free(key) }
        guard X509_check_private_key(own, key) == 1 else { throw .keyOfAnother }
        guard SSL_CTX_use_PrivateKey(handle, key) == 1 else { throw .noKey(reason: TLSText.lastError()) }
    }

    private func trust(_ authorities: [UInt8], announces: Bool) throws(TLSError) {
        let certificates = PEM.certificates(authorities)
        defer { certificates.forEach { X509_free($0) } }
        guard !certificates.isEmpty, let store = SSL_CTX_get_cert_store(handle) else {
            throw .noAuthority(reason: TLSText.lastError())
        }
        for certificate in certificates {
            guard X509_STORE_add_cert(store, certificate) == 1 else {
                throw .noAuthority(reason: TLSText.lastError())
            }
            if announces { SSL_CTX_add_client_CA(handle, certificate) }
        }
    }
}
