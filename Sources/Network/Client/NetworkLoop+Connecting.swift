extension NetworkLoop {
    /// Opens a WebSocket to a server; when it returns, messages can be sent.
    ///
    /// A server that does not choose one of the offered subprotocols is not connected to, nor one whose certificate is
    /// not right. Redirects are not followed. The connection lives until it is closed; close what is no longer used.
    ///
    /// Throws `ConnectError`, which says in words what went wrong.
    public func connect(
        to target: ServerTarget, _ options: WebSocketClientOptions = WebSocketClientOptions()
    ) async throws(ConnectError) -> WebSocketConnection {
        let handshake = try ClientHandshake(target, options)
        var tls: TLSClient?
        if target.isSecure { tls = if let given = options.tls { given } else { try NetworkLoop.systemTLS() } }
        let pending = Pending<WebSocketConnection>()
        dial(
            target.host, target.port, options.connectTimeout, tls, .webSocket(handshake, options, pending),
            pending)
        return try await pending.value()
    }

    /// Opens a TCP connection, with TLS if it is given, whose certificate must be for `host`.
    ///
    /// The connection lives until it is closed. Throws `ConnectError`.
    public func connectStream(
        host: String, port: UInt16, tls: TLSClient? = nil, options: StreamOptions = StreamOptions(),
        timeout: Duration = .seconds(20)
    ) async throws(ConnectError) -> ByteStream {
        guard !host.isEmpty, !host.utf8.contains(0), port > 0 else {
            throw .badAddress("\(host):\(port)", reason: "a host and a port from 1 on are needed")
        }
        let pending = Pending<ByteStream>()
        dial(host, port, timeout, tls, .stream(options, pending), pending)
        return try await pending.value()
    }

    /// Opens a TCP connection to a stream's server, with TLS where its URL says so: `tls`, or the system's authorities.
    public func connectStream(
        to target: StreamTarget, tls: TLSClient? = nil, options: StreamOptions = StreamOptions(),
        timeout: Duration = .seconds(20)
    ) async throws(ConnectError) -> ByteStream {
        var client: TLSClient?
        if target.isSecure { client = if let tls { tls } else { try NetworkLoop.systemTLS() } }
        return try await connectStream(
            host: target.host, port: target.port, tls: client, options: options, timeout: timeout)
    }

    private func dial<Value>(
        _ host: String, _ port: UInt16, _ timeout: Duration, _ tls: TLSClient?, _ purpose: DialedSocket.Purpose,
        _ pending: Pending<Value>
    ) {
        guard let mailbox = runningMailbox else {
            pending.resolve(.failure(.unavailable(reason: "the network loop is not running")))
            return
        }
        // The name service does not keep to our time; its thread may still run when nobody waits any more.
        let timer = Task {
            try? await Task.sleep(for: timeout)
            if !Task.isCancelled { pending.resolve(.failure(.timedOut(host: host, "looking it up and connecting"))) }
        }
        Dialer.dial(host: host, port: port, timeout: timeout) { result in
            timer.cancel()
            switch result {
            case .failure(let error): pending.resolve(.failure(error))
            case .success(let descriptor):
                let dialed = DialedSocket(descriptor: descriptor, host: host, tls: tls, purpose: purpose)
                guard !mailbox.post(.take(dialed)) else { return }
                ListeningSocket.close(descriptor)
                pending.resolve(.failure(.unavailable(reason: "the network loop is not running")))
            }
        }
    }

    private static func systemTLS() throws(ConnectError) -> TLSClient {
        do { return try TLSClient() } catch { throw .unavailable(reason: "\(error)") }
    }
}
