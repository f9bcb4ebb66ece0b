import ReadPlanning

/// A request as a server understands it: functions 1 to 6, 15 and 16, with right lengths and counts.
public enum ServerRequest: Hashable, Sendable {
    /// Functions 1 to 4. The table is the function's own.
    case read(ReadRequest)
    /// Functions 5, 6, 15 and 16.
    case write(WriteRequest)

    /// Reads a PDU; throws the exception that answers it (Modbus Application Protocol V1.1b3, 6.1 to 6.6, 6.11, 6.12).
    ///
    /// Another function is 1; a count that is not allowed, or a length that does not fit it, 3; addresses beyond
    /// 0xFFFF are 2.
    public init(pdu: [UInt8]) throws(ModbusException) {
        guard let function = pdu.first, [1, 2, 3, 4, 5, 6, 15, 16].contains(function) else { throw .illegalFunction }
        guard pdu.count >= 5 else { throw .illegalDataValue }
        let address = ServerRequest.word(pdu, 1)
        let value = ServerRequest.word(pdu, 3)
        switch function {
        case 1...4:
            let table: RegisterTable = [.coil, .discrete, .holding, .input][Int(function) - 1]
            guard pdu.count == 5, (1...table.standardMaxRead).contains(Int(value)) else { throw .illegalDataValue }
            self = .read(ReadRequest(table, at: address, count: value))
        case 5:
            guard pdu.count == 5, value == 0 || value == 0xFF00 else { throw .illegalDataValue }
            self = .write(WriteRequest(function: 5, address: address, words: [value == 0 ? 0 : 1]))
        case 6:
            guard pdu.count == 5 else { throw .illegalDataValue }
            self = .write(WriteRequest(function: 6, address: address, words: [value]))
        default:
            self = .write(try ServerRequest.several(pdu, function, address, Int(value)))
        }
        guard range.upperBound <= 0x10000 else { throw .illegalDataAddress }
    }

    private static func several(
        _ pdu: [UInt8], _ function: UInt8, _ address: UInt16, _ count: Int
    ) throws(ModbusException) -> WriteRequest {
        let bytes = function == 15 ? (count + 7) / 8 : 2 * count
        let most = function == 15 ? 1968 : 123
        guard (1...most).contains(count), pdu.count == 6 + bytes, Int(pdu[5]) == bytes else { throw .illegalDataValue }
        let values = pdu[6...]
        let words =
            function == 15
            ? (0..<count).map { Bits.coil($0, in: values) } : (0..<count).map { word(pdu, 6 + 2 * $0) }
        return WriteRequest(function: function, address: address, words: words)
    }

    private static func word(_ bytes: [UInt8], _ index: Int) -> UInt16 {
        UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
    }

    /// The function code.
    public var function: UInt8 {
        switch self {
        case .read(let request): request.function
        case .write(let request): request.function
        }
    }

    /// The addresses it is about.
    public var range: Range<Int> {
        switch self {
        case .read(let request): request.range
        case .write(let request): Int(request.address)..<Int(request.address) + request.words.count
        }
    }
}

extension ServerRequest {
    /// The PDU that answers it: a read with `words` (for bits 0 or 1 each), a write by its acknowledgement.
    ///
    /// A read that is given another number of words than it asked for is answered with exception 4.
    public func answer(_ words: [UInt16] = []) -> [UInt8] {
        switch self {
        case .read(let request):
            guard words.count == Int(request.count) else { return ModbusException.deviceFailure.pdu(for: function) }
            let bytes =
                request.table.isBits
                ? Bits.bytes(words)
                : words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            return [function, UInt8(bytes.count)] + bytes
        case .write(let request):
            let value: UInt16 =
                switch function {
                case 5: request.words.first == 0 ? 0 : 0xFF00
                case 6: request.words.first ?? 0
                default: UInt16(truncatingIfNeeded: request.words.count)
                }
            return [
                function, UInt8(request.address >> 8), UInt8(request.address & 0xFF), UInt8(value >> 8),
                UInt8(value & 0xFF),
            ]
        }
    }

    /// The PDU that refuses it.
    public func refusal(_ exception: ModbusException) -> [UInt8] { exception.pdu(for: function) }
}
