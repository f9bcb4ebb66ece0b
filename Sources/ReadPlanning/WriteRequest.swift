/// One write request.
public struct WriteRequest: Hashable, Sendable, Codable {
    /// 5, 6, 15 or 16 (Modbus Application Protocol V1.1b3, 6.5, 6.6, 6.11, 6.12).
    public let function: UInt8
    /// The first address on the wire.
    public let address: UInt16
    /// The registers; for coils 0 or 1 each.
    public let words: [UInt16]

    /// Makes a request.
    public init(function: UInt8, address: UInt16, words: [UInt16]) {
        self.function = function
        self.address = address
        self.words = words
    }

    /// The table it writes to.
    public var table: RegisterTable { function == 5 || function == 15 ? .coil : .holding }
}

extension WriteRequest: CustomStringConvertible {
    /// The profile language's write frame: `06 1F9D 0064`, `05 0190 FF00`, function 15 as `15 0010 1011`.
    public var description: String {
        func hex(_ n: UInt16) -> String {
            let t = String(n, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - t.count) + t
        }
        let f = String(function)
        let head = (f.count < 2 ? "0" + f : f) + " " + hex(address)
        switch function {
        case 5: return head + (words.first == 0 ? " 0000" : " FF00")
        case 15: return head + " " + words.map { $0 == 0 ? "0" : "1" }.joined()
        default: return ([head] + words.map(hex)).joined(separator: " ")
        }
    }
}
