import Synchronization

/// The TLS of a listener. Certificates can be replaced while it listens: connections that are open keep theirs, later
/// ones get the new.
public final class TLSServer: Sendable {
    private let current: Mutex<TLSContext>

    /// Loads certificates and key. Throws `TLSError`.
    public init(_ options: TLSServerOptions) throws(TLSError) {
        current = Mutex(try TLSContext(options))
    }

    /// Replaces certificates and key for connections to come. Throws `TLSError`; then the old ones stay.
    public func replace(_ options: TLSServerOptions) throws(TLSError) {
        let fresh = try TLSContext(options)
        current.withLock { $0 = fresh }
    }

    func session() -> TLSSession? { TLSSession(server: current.withLock { $0 }) }
}
