import CModbus
import DriverAPI
import Glibc
import ReadPlanning

/// Modbus RTU by libmodbus, on a serial line or over a TCP connection.
final class RTUChannel: Channel {
    private enum Carrier {
        case line(String, LineParameters)
        case connection(host: String, port: Int)
    }

    /// The longest pause inside a frame: USB adapters hand bytes on in portions of up to 16 ms, serial servers of more,
    /// and a loaded machine at the other end of a pseudo-terminal may stall longer.
    private static let bytePause = Duration.milliseconds(100)
    private static let capacity = 512

    private let carrier: Carrier
    /// What stands for the line's speed where it is not known.
    private let timing: LineTiming
    private let reserve: DescriptorReserve
    private let adapters: SerialAdapters
    private var place: Int32?
    private var context: OpaquePointer?
    private let buffer: UnsafeMutablePointer<UInt8>

    init(path: String, parameters: LineParameters, reserve: DescriptorReserve, adapters: SerialAdapters) {
        carrier = .line(path, parameters)
        timing = parameters.timing
        self.reserve = reserve
        self.adapters = adapters
        buffer = .allocate(capacity: RTUChannel.capacity)
        place = try? reserve.take()
    }

    init(host: String, port: Int, reserve: DescriptorReserve) {
        carrier = .connection(host: host, port: port)
        timing = .serial(9600, .none)
        self.reserve = reserve
        adapters = .machine
        buffer = .allocate(capacity: RTUChannel.capacity)
        place = try? reserve.take()
    }

    deinit {
        close()
        if let place { reserve.give(back: place) }
        buffer.deallocate()
    }

    var isOpen: Bool { context != nil }

    func open(timeout: Duration) throws(ChannelFailure) {
        close()
        let low: Int32
        do {
            low = try place ?? reserve.take()
        } catch {
            throw .unreachable("\(error)")
        }
        place = low
        let made: OpaquePointer
        let fd: Int32
        switch carrier {
        case .line(let path, let parameters):
            made = try SerialPort.open(path, parameters, adapters)
            fd = modbus_get_socket(made)
        case .connection(let host, let port):
            fd = try TCPConnection.open(host: host, port: port, timeout: timeout)
            guard let context = SerialPort.context("rtu+tcp", LineParameters(baud: 9600)) else {
                Glibc.close(fd)
                throw .unreachable(Descriptor.text(errno))
            }
            made = context
            // libmodbus writes a frame in one call and would lose the rest of a short one.
            Descriptor.setBlocking(fd, true)
            TCPConnection.setSendTimeout(fd, seconds: 5)
        }
        guard DescriptorReserve.place(fd, at: low) else {
            modbus_free(made)
            throw .unreachable(Descriptor.text(errno))
        }
        modbus_set_socket(made, low)
        modbus_set_error_recovery(made, MODBUS_ERROR_RECOVERY_NONE)
        let pause = RTUChannel.bytePause.wholeNanoseconds / 1000
        modbus_set_byte_timeout(made, UInt32(pause / 1_000_000), UInt32(pause % 1_000_000))
        context = made
        if case .line = carrier { settle(expected: 0) }
    }

    func close() {
        guard let context else { return }
        // Not modbus_close(): it would close the reserved descriptor, which somebody else could then be given.
        if let place { reserve.vacate(place) }
        modbus_free(context)
        self.context = nil
    }

    func closeIfBroken() {
        guard let place, context != nil else { return }
        if case .connection = carrier { discard(place) }
    }

    func send(_ frame: RequestFrame, to unit: UInt8) throws(ChannelFailure) {
        if let place { discard(place) }
        guard let context else { throw .unsent("the other side closed the connection") }
        let raw = frame.bytes + RequestFrame.pduStart - 1
        raw[0] = unit
        guard modbus_set_slave(context, Int32(unit)) == 0 else {
            throw .garbled("unit \(unit) is none on a serial line")
        }
        guard modbus_send_raw_request(context, raw, Int32(frame.pduCount + 1)) > 0 else {
            let code = errno
            close()
            throw code == EPIPE || code == ECONNRESET ? .unsent(Descriptor.text(code)) : .broken(Descriptor.text(code))
        }
    }

    func receive(from unit: UInt8, until deadline: MonotonicTime) throws(ChannelFailure) -> UnsafeBufferPointer<UInt8> {
        let clock = SystemClock()
        while let context {
            let left = clock.now.duration(to: deadline)
            guard left > .zero else { throw .timeout }
            let microseconds = max(1000, left.wholeNanoseconds / 1000)
            modbus_set_response_timeout(context, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
            let count = modbus_receive_confirmation(context, buffer)
            let code = errno
            switch count {
            // libmodbus says 0 for another unit's frame: a late answer from there.
            case 0: continue
            // It lets frames of the broadcast address pass, which no unit answers from.
            case 4... where buffer[0] != unit: continue
            case 4...: return UnsafeBufferPointer(start: buffer + 1, count: Int(count) - 3)
            case 1...3: throw .garbled("a frame of \(count) bytes")
            default: throw failure(code, stopped: clock.now, deadline: deadline)
            }
        }
        throw .broken("the other side closed the connection")
    }

    /// libmodbus reports a frame that was cut short as a timeout too; but then it gave up before the deadline.
    private func failure(_ code: Int32, stopped: MonotonicTime, deadline: MonotonicTime) -> ChannelFailure {
        switch code {
        case ETIMEDOUT where stopped < deadline.advanced(by: .milliseconds(-1)): return .garbled("a frame cut short")
        case ETIMEDOUT: return .timeout
        case CH_EMBBADCRC: return .garbled("a wrong checksum")
        case CH_EMBBADDATA, CH_EMBMDATA: return .garbled("a frame that is too long")
        case EINTR, EAGAIN: return .garbled("a frame that could not be read")
        default:
            close()
            return .broken(code == ECONNRESET ? "the other side closed the connection" : Descriptor.text(code))
        }
    }

    /// Listens for as long as the awaited answer would take, then until the line is silent, and drops what comes.
    func settle(expected: Int) {
        guard let place, context != nil else { return }
        let clock = SystemClock()
        let start = clock.now
        let pause = max(timing.silence, .milliseconds(20))
        let least = start.advanced(by: timing.character * expected + pause)
        let most = start.advanced(by: timing.character * 512 + .milliseconds(500))
        var until = least
        while clock.now < most, Descriptor.wait(place, for: POLLIN, until: min(until, most)) {
            guard discard(place) else { return }
            until = max(least, clock.now.advanced(by: pause))
        }
    }

    /// Drops what is there; closes and says false when the line has ended.
    @discardableResult
    private func discard(_ place: Int32) -> Bool {
        let room = UnsafeMutableRawBufferPointer(start: buffer, count: RTUChannel.capacity)
        while let outcome = Descriptor.readNow(place, into: room) {
            guard case .success(let count) = outcome, count > 0 else {
                close()
                return false
            }
            if count < RTUChannel.capacity { return true }
        }
        return true
    }
}
