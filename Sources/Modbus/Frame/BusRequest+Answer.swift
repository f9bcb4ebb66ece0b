import ReadPlanning

extension BusRequest {
    /// What a PDU is to this request.
    enum Verdict {
        /// Its answer: words for a read, none for a write, one byte in each for a raw PDU.
        case words([UInt16])
        /// The device refused it.
        case exception(UInt8)
        /// The answer to something else, or none at all.
        case other(String)
    }

    /// Compares a PDU with what this request must be answered with, to the last byte.
    func judge(_ pdu: UnsafeBufferPointer<UInt8>) -> Verdict {
        guard pdu.count >= 2 || !isStandard, let code = pdu.first else {
            return .other("an answer of \(pdu.count) bytes")
        }
        if code == function | 0x80 {
            return pdu.count == 2 ? .exception(pdu[1]) : .other("an exception of \(pdu.count) bytes")
        }
        guard code == function else { return .other("function \(code) instead of \(function)") }
        switch self {
        case .read(let request): return BusRequest.words(pdu, for: request)
        case .write(let request): return BusRequest.acknowledgement(pdu, of: request)
        case .raw: return .words(pdu.map(UInt16.init))
        }
    }

    private var isStandard: Bool {
        if case .raw = self { return false }
        return true
    }

    private static func words(_ pdu: UnsafeBufferPointer<UInt8>, for request: ReadRequest) -> Verdict {
        let count = Int(request.count)
        let bits = request.function <= 2
        let expected = bits ? (count + 7) / 8 : count * 2
        guard Int(pdu[1]) == expected, pdu.count == expected + 2 else {
            return .other("\(pdu.count - 2) bytes (it says \(pdu[1])) instead of \(expected)")
        }
        if bits {
            let bytes = pdu[2...]
            return .words((0..<count).map { Bits.coil($0, in: bytes) })
        }
        return .words(
            [UInt16](unsafeUninitializedCapacity: count) { words, filled in
                for index in 0..<count {
                    words[index] = UInt16(pdu[2 + 2 * index]) << 8 | UInt16(pdu[3 + 2 * index])
                }
                filled = count
            })
    }

    /// A write is acknowledged by its address and its value (5, 6) or its count (15, 16).
    private static func acknowledgement(_ pdu: UnsafeBufferPointer<UInt8>, of request: WriteRequest) -> Verdict {
        guard pdu.count == 5 else { return .other("an acknowledgement of \(pdu.count) bytes instead of 5") }
        let address = UInt16(pdu[1]) << 8 | UInt16(pdu[2])
        let value = UInt16(pdu[3]) << 8 | UInt16(pdu[4])
        let expected: UInt16
        switch request.function {
        case 5: expected = request.words.first == 0 ? 0 : 0xFF00
        case 6: expected = request.words.first ?? 0
        default: expected = UInt16(truncatingIfNeeded: request.words.count)
        }
        guard address == request.address, value == expected else {
            return .other("it acknowledges \(value) at \(address) instead of \(expected) at \(request.address)")
        }
        return .words([])
    }
}
