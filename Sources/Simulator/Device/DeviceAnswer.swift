/// What a simulated device does with one request.
public enum DeviceAnswer: Hashable, Sendable {
    /// The words it read; for coils and discrete inputs 0 or 1 each.
    case words([UInt16])
    /// It wrote.
    case written
    /// It refuses with this exception code (Modbus Application Protocol V1.1b3, 7).
    case exception(UInt8)
    /// It says nothing.
    case silence
    /// It closes the connection.
    case disconnect
}
