import CModbus
import Glibc

/// Opens serial lines for a server.
enum LineDevice {
    /// The descriptor, with its parameters set and locked against other programs; it does not block.
    static func open(_ path: String, _ parameters: LineParameters) throws(ServerError) -> Int32 {
        if [.program, .programInverted].contains(parameters.direction) {
            throw .line(
                path,
                "towards a master RTS is switched by the kernel only; write “rs485” in place of"
                    + " “\(parameters.direction.rawValue)”, or leave it out if the adapter switches by itself")
        }
        do throws(ChannelFailure) {
            let context = try SerialPort.open(path, parameters)
            defer { modbus_free(context) }
            let fd = modbus_get_socket(context)
            Descriptor.setBlocking(fd, false)
            return fd
        } catch {
            throw .line(path, ExchangeFailure(error).reason)
        }
    }
}
