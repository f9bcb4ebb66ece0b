import CModbus
import Glibc

extension LineDirection {
    /// Sets an open line up; `context` is libmodbus' own for it. Gives the reason where the line cannot do it.
    func set(_ context: OpaquePointer, _ path: String) -> String? {
        let fd = modbus_get_socket(context)
        switch self {
        case .adapter: return nil
        case .kernel, .kernelInverted: return setKernel(fd, path)
        case .program, .programInverted: return setProgram(context, fd, path)
        }
    }

    /// The kernel's settings for this direction, with everything else as it was.
    func applied(to before: serial_rs485) -> serial_rs485 {
        var settings = before
        let levels = CH_SER_RS485_RTS_ON_SEND | CH_SER_RS485_RTS_AFTER_SEND
        settings.flags &= ~(levels | CH_SER_RS485_RX_DURING_TX)
        settings.flags |= CH_SER_RS485_ENABLED
        settings.flags |= self == .kernelInverted ? CH_SER_RS485_RTS_AFTER_SEND : CH_SER_RS485_RTS_ON_SEND
        return settings
    }

    private func setKernel(_ fd: Int32, _ path: String) -> String? {
        var before = serial_rs485()
        var settings = serial_rs485()
        guard ioctl(fd, CH_TIOCGRS485, &before) == 0 else { return refusal(path) }
        settings = applied(to: before)
        guard ioctl(fd, CH_TIOCSRS485, &settings) == 0 else { return refusal(path) }
        // Drivers answer with what they really do.
        let isEnabled = settings.flags & CH_SER_RS485_ENABLED != 0
        return isEnabled ? nil : refusal(path)
    }

    private func setProgram(_ context: OpaquePointer, _ fd: Int32, _ path: String) -> String? {
        var lines: Int32 = 0
        guard ioctl(fd, UInt(TIOCMGET), &lines) == 0 else {
            return "\(path): it has no RTS that could switch the direction; leave “\(rawValue)” out if the adapter"
                + " switches by itself, as USB adapters do"
        }
        let level = self == .program ? MODBUS_RTU_RTS_UP : MODBUS_RTU_RTS_DOWN
        guard modbus_rtu_set_rts(context, level) == 0 else {
            return "\(path): RTS cannot be switched: \(Descriptor.text(errno))"
        }
        return nil
    }

    private func refusal(_ path: String) -> String {
        "\(path): its driver does not switch the direction of an RS-485 line; leave “\(rawValue)” out if the adapter"
            + " switches by itself, as USB adapters do, or write “rts” to have this program switch RTS"
    }
}
