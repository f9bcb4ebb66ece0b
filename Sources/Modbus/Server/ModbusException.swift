/// The exception codes a server answers with (Modbus Application Protocol V1.1b3, 7).
public enum ModbusException: UInt8, Error, Hashable, Sendable {
    case illegalFunction = 1
    case illegalDataAddress = 2
    case illegalDataValue = 3
    case deviceFailure = 4
    case acknowledge = 5
    case deviceBusy = 6
    case memoryParity = 8
    case gatewayPathUnavailable = 10
    case gatewayTargetSilent = 11

    /// The PDU that refuses a request of `function`.
    public func pdu(for function: UInt8) -> [UInt8] { [function | 0x80, rawValue] }
}
