import CModbus
import Glibc

/// Opens serial lines through libmodbus, which sets their parameters.
enum SerialPort {
    /// A libmodbus context with the line open; the caller closes the descriptor and frees the context.
    ///
    /// An adapter is looked for anew each time: after re-plugging it may have another device file.
    static func open(
        _ line: String, _ parameters: LineParameters, _ adapters: SerialAdapters = .machine
    ) throws(ChannelFailure) -> OpaquePointer {
        let path: String
        do throws(AdapterError) {
            path = try adapters.resolved(line)
        } catch {
            throw .unreachable("\(error)")
        }
        if let reason = refusal(path, parameters) { throw .unreachable(reason) }
        guard let context = context(path, parameters) else {
            throw .unreachable("\(path): \(Descriptor.text(errno))")
        }
        guard modbus_connect(context) == 0 else {
            let code = errno
            modbus_free(context)
            throw .unreachable(text(code, path))
        }
        // Two programs on one line corrupt each other's frames without either noticing.
        guard flock(modbus_get_socket(context), LOCK_EX | LOCK_NB) == 0 else {
            modbus_close(context)
            modbus_free(context)
            throw .unreachable(text(EBUSY, path))
        }
        if let reason = parameters.direction.set(context, path) {
            modbus_close(context)
            modbus_free(context)
            throw .unreachable(reason)
        }
        return context
    }

    /// A context for RTU frames that is not connected.
    static func context(_ path: String, _ parameters: LineParameters) -> OpaquePointer? {
        let parity = CChar(bitPattern: parameters.parity.letter.uppercased().utf8.first ?? UInt8(ascii: "N"))
        return modbus_new_rtu(path, Int32(parameters.baud), parity, Int32(parameters.data), Int32(parameters.stop))
    }

    private static func refusal(_ path: String, _ parameters: LineParameters) -> String? {
        guard LineParameters.standardBauds.contains(parameters.baud) else {
            return "\(path): \(parameters.baud) baud cannot be set"
        }
        guard parameters.data == 8 else { return "\(path): RTU needs 8 data bits, not \(parameters.data)" }
        return nil
    }

    /// What an error on opening means, and what to do.
    static func text(_ code: Int32, _ path: String) -> String {
        switch code {
        case EACCES, EPERM:
            "\(path): this user may not open it; add the user to the group dialout (sudo usermod -aG dialout USER)"
                + " and log in again"
        case ENOENT, ENODEV, ENXIO:
            "\(path): there is no such device; is the adapter plugged in? (chargehost doctor lists what is)"
        case EBUSY: "\(path): another program has the line open"
        case ENOTTY, EINVAL: "\(path): it is no serial line"
        case EISDIR: "\(path): it is a folder"
        default: "\(path): \(Descriptor.text(code))"
        }
    }
}
