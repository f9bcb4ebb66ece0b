import CModbus
import DriverAPI
import Glibc

/// Makes TCP connections with a limit on the time.
enum TCPConnection {
    /// How long what was sent may stay unacknowledged before the system gives the connection up.
    private static let unacknowledged: Int32 = 10_000

    /// Connects to the first address of `host` that answers; the socket does not block and is closed on exec.
    static func open(host: String, port: Int, timeout: Duration) throws(ChannelFailure) -> Int32 {
        let addresses: [SocketAddress]
        switch SocketAddress.resolve(host, port: port) {
        case .success(let found): addresses = found
        case .failure(let error): throw .unreachable(error.text)
        }
        let deadline = SystemClock().now.advanced(by: timeout)
        var reason = "no address"
        for (index, address) in addresses.enumerated() {
            let now = SystemClock().now
            let share = now.duration(to: deadline) / (addresses.count - index)
            switch connect(address, until: now.advanced(by: share)) {
            case .success(let fd): return fd
            case .failure(let error):
                reason =
                    error.code == ETIMEDOUT
                    ? "\(address) did not accept the connection within \(share.formattedSeconds)"
                    : "\(address): \(error)"
            }
        }
        throw .unreachable(reason)
    }

    private static func connect(_ address: SocketAddress, until deadline: MonotonicTime) -> Result<Int32, SystemError> {
        let fd = Descriptor.moved(up: socket(address.family, Int32(SOCK_STREAM.rawValue) | CH_SOCK_FLAGS, 0))
        guard fd >= 0 else { return .failure(SystemError(code: errno)) }
        func failed(_ code: Int32) -> Result<Int32, SystemError> {
            Glibc.close(fd)
            return .failure(SystemError(code: code))
        }
        if address.withPointer({ Glibc.connect(fd, $0, $1) }) != 0 {
            guard errno == EINPROGRESS || errno == EINTR else { return failed(errno) }
            guard Descriptor.wait(fd, for: POLLOUT, until: deadline) else { return failed(ETIMEDOUT) }
            var code: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return failed(errno) }
            guard code == 0 else { return failed(code) }
        }
        set(fd, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(fd, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 30)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10)
        set(fd, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
        set(fd, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, unacknowledged)
        return .success(fd)
    }

    /// How long a call that sends may wait.
    static func setSendTimeout(_ fd: Int32, seconds: Int) {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// How long a call that receives may wait.
    static func setReceiveTimeout(_ fd: Int32, milliseconds: Int64) {
        var time = timeval(tv_sec: Int(milliseconds / 1000), tv_usec: Int(milliseconds % 1000) * 1000)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    static func set(_ fd: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(fd, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

extension Duration {
    /// `1.5 s`, to the millisecond.
    var formattedSeconds: String { "\(Double(wholeNanoseconds / 1_000_000) / 1000) s" }
}
