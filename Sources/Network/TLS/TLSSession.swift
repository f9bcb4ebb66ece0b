import COpenSSL

/// One TLS connection between two piles of bytes: what came from the socket goes in, what goes to the socket comes out.
///
/// libwebsockets 4.1 can put its own TLS under a raw socket, but only for sockets it has connected itself, after a name
/// lookup that blocks the loop, with one set of certificates for each virtual host, and says of a bad certificate no more
/// than that connecting failed. With the bytes in memory both ends use one code, every connection knows why it failed,
/// and new certificates count from the next connection on.
///
/// Only one thread may touch it.
final class TLSSession {
    enum Step {
        case needsMore
        case established
        case failed(TLSFault)
    }

    private let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    private let context: TLSContext
    private let host: String?
    private(set) var isEstablished = false

    convenience init?(server context: TLSContext) {
        self.init(context, host: nil)
        SSL_set_accept_state(ssl)
    }

    convenience init?(client context: TLSContext, host: String) {
        self.init(context, host: host)
        SSL_set_connect_state(ssl)
        guard let parameters = SSL_get0_param(ssl) else { return nil }
        if X509_VERIFY_PARAM_set1_ip_asc(parameters, host) != 1 {
            ERR_clear_error()
            // As RFC 6125, 6.4.3 advises: `*.example` may stand for one label, `c*.example` for nothing.
            SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            guard SSL_set1_host(ssl, host) == 1, ch_SSL_set_server_name(ssl, host) == 1 else { return nil }
        }
    }

    private init?(_ context: TLSContext, host: String?) {
        guard let ssl = SSL_new(context.handle) else { return nil }
        guard let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            return nil
        }
        SSL_set_bio(ssl, input, output)
        self.ssl = ssl
        self.input = input
        self.output = output
        self.context = context
        self.host = host
    }

    deinit { SSL_free(ssl) }

    var peer: TLSPeer { TLSText.peer(of: ssl) }

    /// Whether bytes wait to go to the socket.
    var hasOutput: Bool { ch_BIO_pending(output) > 0 }

    /// Takes what waits to go to the socket.
    func takeOutput() -> [UInt8] {
        let count = ch_BIO_pending(output)
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
            filled = max(0, Int(BIO_read(output, buffer.baseAddress, count)))
        }
    }

    /// Takes what came from the socket.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        guard let count = Int32(exactly: bytes.count), count > 0 else { return }
        BIO_write(input, bytes.baseAddress, count)
    }

    /// Goes on with the handshake as far as the bytes reach.
    func handshake() -> Step {
        if isEstablished { return .established }
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        guard result != 1 else {
            isEstablished = true
            return .established
        }
        return SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ ? .needsMore : .failed(fault())
    }

    /// What the other side has sent, in clear; nil at its end. Throws what broke the connection.
    func read() throws(TLSFault) -> [UInt8]? {
        var plain: [UInt8] = []
        while true {
            ERR_clear_error()
            var code: Int32 = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, filled in
                code = SSL_read(ssl, buffer.baseAddress, Int32(buffer.count))
                filled = max(0, Int(code))
            }
            if code > 0 {
                plain += piece
                continue
            }
            switch SSL_get_error(ssl, code) {
            case SSL_ERROR_WANT_READ: return plain
            case SSL_ERROR_ZERO_RETURN: return plain.isEmpty ? nil : plain
            default: throw fault()
            }
        }
    }

    /// Encrypts bytes; false when the connection is broken.
    func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let count = Int32(exactly: bytes.count), count > 0 else { return true }
        ERR_clear_error()
        return SSL_write(ssl, bytes.baseAddress, count) == count
    }

    /// Says that nothing more comes (RFC 8446, 6.1).
    func sayEnd() { if isEstablished { SSL_shutdown(ssl) } }

    private func fault() -> TLSFault {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return TLSFault(verification: SSL_get_verify_result(ssl), error: code, host: host ?? "")
    }
}
