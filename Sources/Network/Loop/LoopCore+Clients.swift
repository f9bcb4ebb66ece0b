import CWebSockets
import Glibc

extension LoopCore {
    /// Takes a connected socket over.
    func take(_ dialed: DialedSocket) {
        guard dialed.isWanted else { return ListeningSocket.close(dialed.descriptor) }
        SocketOption.set(dialed.descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        let peer = SocketAddress.peer(of: dialed.descriptor)?.numeric ?? PeerAddress(host: dialed.host, port: 0)
        let local = SocketAddress.local(of: dialed.descriptor)?.numeric ?? PeerAddress(host: "", port: 0)
        let id = nextID()
        let session = dialed.tls?.session(host: dialed.host)
        guard (session == nil) == (dialed.tls == nil) else {
            ListeningSocket.close(dialed.descriptor)
            return dialed.fail(.unavailable(reason: "TLS has no memory, or takes no such host name"))
        }
        guard let wsi = library?.adopt(socket: dialed.descriptor, id: id) else {
            return dialed.fail(.unavailable(reason: "libwebsockets refused the connection"))
        }
        let connection: SocketConnection
        switch dialed.purpose {
        case .webSocket(let handshake, let options, let pending):
            connection = ClientConnection(
                id: id, wsi: wsi, socket: dialed.descriptor, peer: peer, local: local, tls: session,
                handshake: handshake, options: options, core: self
            ) { result in
                guard !pending.resolve(result), case .success(let unwanted) = result else { return }
                unwanted.close()
            }
        case .stream(let options, let pending):
            connection = StreamConnection(
                id: id, wsi: wsi, socket: dialed.descriptor, listener: nil, peer: peer, local: local, tls: session,
                host: dialed.host, options: options, core: self
            ) { result in
                guard !pending.resolve(result), case .success(let unwanted) = result else { return }
                unwanted.close()
            }
        }
        connections[id] = connection
        connection.begin()
        if let deadline = connection.deadline { checkSoon(deadline) }
    }
}
