/// One of the four tables of a Modbus device (Modbus Application Protocol V1.1b3, 4.3).
public enum RegisterTable: String, Codable, Sendable, CaseIterable, Hashable {
    /// Holding registers, 16 bits, read and written.
    case holding
    /// Input registers, 16 bits, read only.
    case input
    /// Coils, one bit, read and written.
    case coil
    /// Discrete inputs, one bit, read only.
    case discrete

    /// Whether an address holds one bit and not sixteen.
    public var isBits: Bool { self == .coil || self == .discrete }
    /// The function code that reads it by the standard.
    public var standardReadFunction: UInt8 {
        switch self {
        case .coil: 1
        case .discrete: 2
        case .holding: 3
        case .input: 4
        }
    }
    /// The most that one request may read: 125 registers, 2000 bits (6.1 to 6.4).
    public var standardMaxRead: Int { isBits ? 2000 : 125 }
    /// The most that one request may write: 123 registers, 1968 bits (6.11, 6.12).
    public var standardMaxWrite: Int { isBits ? 1968 : 123 }
}
