import ReadPlanning

/// What the device allows on the wire: the profile's `modbus`, with addresses as on the wire.
public struct ModbusDefinition: Hashable, Sendable {
    /// How addresses are printed in the file.
    public enum Addressing: Hashable, Sendable {
        /// As on the wire.
        case zero
        /// One more than on the wire.
        case one
        /// 1…, 3…, 4… with five or six digits.
        case modicon
    }

    /// How addresses are printed in the file.
    public var addressing: Addressing = .zero
    /// What a read request may cover.
    public var constraints = PlanConstraints()
    /// The most addresses in one write request, per table; missing: the standard's.
    public var maxWrite: [RegisterTable: Int] = [:]
    /// Whether a request must cover whole points.
    public var wholePoints = true

    /// Makes the defaults.
    public init() {}

    /// The number the file prints for a wire address.
    public func printed(_ address: Int, table: RegisterTable) -> Int {
        switch addressing {
        case .zero: return address
        case .one: return address + 1
        case .modicon:
            let digit = table == .holding ? 4 : table == .input ? 3 : table == .discrete ? 1 : 0
            return address < 9999 ? digit * 10_000 + address + 1 : digit * 100_000 + address + 1
        }
    }
}
