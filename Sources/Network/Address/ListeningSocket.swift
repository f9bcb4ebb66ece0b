import CWebSockets
import Glibc

/// Opens sockets that listen on exactly one address.
///
/// libwebsockets 4.1 listens on all interfaces when it is told 127.0.0.1 and IPv6 is built in, and reports a refusal
/// only in its log; so the socket is made here and the library is given the connections.
enum ListeningSocket {
    /// Binds and listens; the result has the real port where 0 was asked for.
    static func open(_ address: ListenAddress) throws(NetworkError) -> (socket: Int32, bound: ListenAddress) {
        guard let place = SocketAddress(address) else { throw .notNumeric(address) }
        let made = socket(place.family, CH_SOCK_STREAM_FLAGS, 0)
        guard made >= 0 else { throw .cannotListen(address, reason: SystemText.error(errno)) }
        let descriptor = HighDescriptor.moved(made)
        SocketOption.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if place.family == AF_INET6 { SocketOption.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
        guard place.bind(descriptor) == 0, CWebSockets.listen(descriptor, 511) == 0 else {
            let code = errno
            close(descriptor)
            throw failure(code, address)
        }
        let port = SocketAddress.local(of: descriptor)?.numeric.port ?? address.port
        return (descriptor, ListenAddress(host: address.host, port: port))
    }

    static func close(_ descriptor: Int32) { _ = CWebSockets.close(descriptor) }

    private static func failure(_ code: Int32, _ address: ListenAddress) -> NetworkError {
        switch code {
        case EADDRINUSE: .addressInUse(address)
        case EADDRNOTAVAIL: .addressNotLocal(address)
        case EACCES: .noPermission(address)
        default: .cannotListen(address, reason: SystemText.error(code))
        }
    }
}
