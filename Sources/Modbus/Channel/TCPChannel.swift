import CModbus
import DriverAPI
import Glibc

/// Modbus TCP (Modbus Messaging on TCP/IP V1.0b, 3.1), with its own framing.
///
/// libmodbus frames TCP too, but ends the process at descriptors from 1024 on, refuses the units 248 to 254, does not
/// look at the unit of an answer, and loses its place in the stream after a late one. Here a late or doubled answer is
/// known by its transaction identifier and passed over, so a silent unit behind a gateway does its neighbours no harm.
final class TCPChannel: Channel {
    private static let headerCount = 7
    private static let capacity = 4096
    /// How many transactions back an identifier is still taken for a late answer.
    private static let memory = 256

    private let host: String
    private let port: Int
    private let buffer: UnsafeMutablePointer<UInt8>
    private var filled = 0
    private var consumed = 0
    private var fd: Int32 = -1
    private var transaction: UInt16 = 0
    private var sentCount = 0
    /// How long the socket waits for bytes, in milliseconds; 0 when that is not set yet.
    private var waiting: Int64 = 0

    init(host: String, port: Int) {
        self.host = host
        self.port = port
        buffer = .allocate(capacity: TCPChannel.capacity)
        buffer.initialize(repeating: 0, count: TCPChannel.capacity)
    }

    deinit {
        close()
        buffer.deallocate()
    }

    var isOpen: Bool { fd >= 0 }

    func open(timeout: Duration) throws(ChannelFailure) {
        close()
        fd = try TCPConnection.open(host: host, port: port, timeout: timeout)
        Descriptor.setBlocking(fd, true)
        (filled, consumed, transaction, sentCount, waiting) = (0, 0, 0, 0, 0)
    }

    func close() {
        if fd >= 0 { Glibc.close(fd) }
        fd = -1
    }

    func closeIfBroken() {
        guard fd >= 0 else { return }
        compact()
        let count = recv(fd, buffer + filled, TCPChannel.capacity - filled, Int32(MSG_DONTWAIT))
        if count > 0 {
            filled += count
            if filled == TCPChannel.capacity { close() }
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            close()
        }
    }

    func send(_ frame: RequestFrame, to unit: UInt8) throws(ChannelFailure) {
        transaction = transaction == .max ? 1 : transaction + 1
        sentCount += 1
        let bytes = frame.bytes
        let length = frame.pduCount + 1
        bytes[0] = UInt8(truncatingIfNeeded: transaction >> 8)
        bytes[1] = UInt8(truncatingIfNeeded: transaction)
        bytes[2] = 0
        bytes[3] = 0
        bytes[4] = UInt8(truncatingIfNeeded: length >> 8)
        bytes[5] = UInt8(truncatingIfNeeded: length)
        bytes[6] = unit
        let total = TCPChannel.headerCount + frame.pduCount
        var sent = 0
        while sent < total {
            let count = Glibc.send(fd, bytes + sent, total - sent, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            if count > 0 {
                sent += count
                continue
            }
            let code = errno
            if code == EINTR { continue }
            close()
            // A full send buffer means that the peer has taken nothing for a long time.
            let reason = code == EAGAIN ? "the device takes no more bytes" : Descriptor.text(code)
            throw sent == 0 ? .unsent(reason) : .broken(reason)
        }
    }

    func receive(from unit: UInt8, until deadline: MonotonicTime) throws(ChannelFailure) -> UnsafeBufferPointer<UInt8> {
        var round = 0
        while true {
            while let frame = try nextFrame() {
                if frame.transaction == transaction {
                    guard frame.unit == unit || unit == 0 || unit == 255 else {
                        throw .garbled("unit \(frame.unit) answered instead of \(unit)")
                    }
                    return frame.pdu
                }
                // Identifiers count up from 1 and wrap past 0, so the distance tells how old one is.
                let age = Int(transaction &- frame.transaction)
                guard age < min(sentCount, TCPChannel.memory) else {
                    throw .garbled("transaction \(frame.transaction) instead of \(transaction)")
                }
            }
            compact()
            // A peer that keeps sending other things must not hold the line past the deadline.
            let now = SystemClock().now
            if round > 0, now >= deadline { throw .timeout }
            round += 1
            try fill(within: now.duration(to: deadline))
        }
    }

    /// Takes in what comes within a time, to the millisecond; nothing is an empty result.
    ///
    /// The socket waits by itself: that saves a `poll()` for each answer, and the time to set is mostly the same.
    private func fill(within time: Duration) throws(ChannelFailure) {
        let milliseconds = max(1, (time.wholeNanoseconds + 999_999) / 1_000_000)
        if milliseconds != waiting {
            waiting = milliseconds
            TCPConnection.setReceiveTimeout(fd, milliseconds: milliseconds)
        }
        let count = recv(fd, buffer + filled, TCPChannel.capacity - filled, 0)
        if count > 0 {
            filled += count
        } else if count == 0 {
            close()
            throw .broken("the device closed the connection")
        } else if errno != EAGAIN && errno != EINTR {
            let reason = Descriptor.text(errno)
            close()
            throw .broken(reason)
        }
    }

    /// The stream keeps its frames apart, so nothing is left to clean.
    func settle(expected: Int) {}

    /// The next complete frame in the buffer; a header that is none ends the connection, since the place is lost.
    private func nextFrame() throws(ChannelFailure) -> (
        transaction: UInt16, unit: UInt8, pdu: UnsafeBufferPointer<UInt8>
    )? {
        let available = filled - consumed
        guard available >= TCPChannel.headerCount else { return nil }
        let start = buffer + consumed
        let length = Int(start[4]) << 8 | Int(start[5])
        guard start[2] == 0, start[3] == 0, (2...254).contains(length) else {
            let header = (0..<TCPChannel.headerCount).map { Hex.byte(start[$0]) }.joined(separator: " ")
            close()
            throw .garbled("\(header) is no header of a Modbus TCP frame")
        }
        guard available >= 6 + length else { return nil }
        consumed += 6 + length
        return (
            UInt16(start[0]) << 8 | UInt16(start[1]), start[6], UnsafeBufferPointer(start: start + 7, count: length - 1)
        )
    }

    /// Moves an unfinished frame to the front, so that the longest fits behind it.
    private func compact() {
        guard consumed > 0 else { return }
        filled -= consumed
        memmove(buffer, buffer + consumed, filled)
        consumed = 0
    }
}
