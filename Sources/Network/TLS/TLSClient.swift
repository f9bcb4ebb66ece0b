import Synchronization

/// The TLS of connections this host makes. Certificates can be replaced at any time: connections that are open keep
/// theirs, later ones get the new.
///
/// The server's certificate is always checked, its host name too.
public final class TLSClient: Sendable {
    private let current: Mutex<TLSContext>

    /// Loads certificates and key. Throws `TLSError`.
    public init(_ options: TLSClientOptions = TLSClientOptions()) throws(TLSError) {
        current = Mutex(try TLSContext(options))
    }

    /// Replaces certificates and key for connections to come. Throws `TLSError`; then the old ones stay.
    public func replace(_ options: TLSClientOptions) throws(TLSError) {
        let fresh = try TLSContext(options)
        current.withLock { $0 = fresh }
    }

    func session(host: String) -> TLSSession? { TLSSession(client: current.withLock { $0 }, host: host) }
}
