import CModbus
import Glibc

/// Opens sockets that listen.
enum ListeningSocket {
    /// Binds and listens; the socket does not block.
    static func open(_ host: String, _ port: Int) throws(ServerError) -> Int32 {
        let name = "\(Endpoint.bracketed(host)):\(port)"
        guard (0...65535).contains(port) else { throw .address(name, "\(port) is no port; it is 0 to 65535") }
        let address: SocketAddress
        switch SocketAddress.resolve(host, port: port, passive: true) {
        case .success(let found):
            guard let first = found.first else { throw .address(name, "no address") }
            address = first
        case .failure(let error): throw .address(name, error.text)
        }
        let fd = Descriptor.moved(up: socket(address.family, Int32(SOCK_STREAM.rawValue) | CH_SOCK_FLAGS, 0))
        guard fd >= 0 else { throw .address(name, Descriptor.text(errno)) }
        TCPConnection.set(fd, SOL_SOCKET, SO_REUSEADDR, 1)
        guard address.withPointer({ bind(fd, $0, $1) }) == 0, Glibc.listen(fd, 128) == 0 else {
            let code = errno
            close(fd)
            throw .address(name, reason(code, port))
        }
        return fd
    }

    private static func reason(_ code: Int32, _ port: Int) -> String {
        switch code {
        case EADDRINUSE: "another program listens there; choose another port or stop it"
        case EADDRNOTAVAIL: "this machine does not have the address; 0.0.0.0 listens on all it has"
        case EACCES where port < 1024: "ports below 1024 need the right CAP_NET_BIND_SERVICE; use one from 1024 on"
        default: Descriptor.text(code)
        }
    }
}
