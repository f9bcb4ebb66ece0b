/// One contiguous read request: `count` addresses of `table` from `address` on.
///
/// The planner makes these; they never cross an island of the profile and never exceed its `max_read`.
public struct ReadRequest: Hashable, Sendable, Codable {
    /// The table as the profile names it.
    public let table: RegisterTable
    /// The function code that goes out: 1 to 4; differs from the table's own where one function serves two tables.
    public let function: UInt8
    /// The first address on the wire, counted from 0.
    public let address: UInt16
    /// How many registers (1...125) or bits (1...2000) (Modbus Application Protocol V1.1b3, 6.1 to 6.4).
    public let count: UInt16

    /// Makes a request; `function` nil takes the table's own.
    public init(_ table: RegisterTable, at address: UInt16, count: UInt16, function: UInt8? = nil) {
        self.table = table
        self.function = function ?? table.standardReadFunction
        self.address = address
        self.count = count
    }

    /// The addresses it covers.
    public var range: Range<Int> { Int(address)..<Int(address) + Int(count) }
}

extension ReadRequest: CustomStringConvertible {
    /// `04 0x0034+20`: function, address, count.
    public var description: String {
        let hex = String(address, radix: 16, uppercase: true)
        let f = String(function)
        return (f.count < 2 ? "0" + f : f) + " 0x" + String(repeating: "0", count: 4 - hex.count) + hex + "+\(count)"
    }
}
