import ReadPlanning

/// One request as it goes over a line.
enum BusRequest: Hashable, Sendable {
    case read(ReadRequest)
    case write(WriteRequest)
    /// A PDU that somebody else made; its answer comes back as it is.
    case raw([UInt8])

    /// The function code that goes out.
    var function: UInt8 {
        switch self {
        case .read(let request): request.function
        case .write(let request): request.function
        case .raw(let pdu): pdu.first ?? 0
        }
    }

    /// Whether it changes the device, so that it must not be repeated unasked.
    var isWrite: Bool {
        switch self {
        case .read: false
        case .write: true
        case .raw: !(1...4).contains(function)
        }
    }

    /// Puts the PDU into the frame.
    func encode(into frame: RequestFrame) throws(LinkError) {
        switch self {
        case .read(let request): try BusRequest.encode(request, into: frame)
        case .write(let request): try BusRequest.encode(request, into: frame)
        case .raw(let pdu):
            guard let function = pdu.first, pdu.count <= RequestFrame.maximumPDU else {
                throw .refused("a PDU has 1 to 253 bytes, not \(pdu.count)")
            }
            frame.start(function)
            for byte in pdu.dropFirst() { frame.append(byte) }
        }
    }

    private static func encode(_ request: ReadRequest, into frame: RequestFrame) throws(LinkError) {
        guard (1...4).contains(request.function) else { throw .refused("function \(request.function) reads nothing") }
        let most = request.function <= 2 ? 2000 : 125
        guard (1...most).contains(Int(request.count)), request.range.upperBound <= 0x10000 else {
            throw .refused("\(request): one request reads 1 to \(most) addresses, up to 0xFFFF")
        }
        frame.start(request.function)
        frame.append(request.address)
        frame.append(request.count)
    }

    private static func encode(_ request: WriteRequest, into frame: RequestFrame) throws(LinkError) {
        let words = request.words
        let most: Int
        switch request.function {
        case 5, 6: most = 1
        case 15: most = 1968
        case 16: most = 123
        default: throw .refused("function \(request.function) writes nothing that is known here")
        }
        guard (1...most).contains(words.count), Int(request.address) + words.count <= 0x10000 else {
            throw .refused("\(request): one request writes 1 to \(most) addresses, up to 0xFFFF")
        }
        frame.start(request.function)
        frame.append(request.address)
        switch request.function {
        case 5: frame.append(words[0] == 0 ? UInt16(0) : UInt16(0xFF00))
        case 6: frame.append(words[0])
        case 15:
            frame.append(UInt16(words.count))
            frame.append(UInt8((words.count + 7) / 8))
            for start in stride(from: 0, to: words.count, by: 8) {
                frame.append(Bits.packed(words[start..<min(start + 8, words.count)]))
            }
        default:
            frame.append(UInt16(words.count))
            frame.append(UInt8(words.count * 2))
            for word in words { frame.append(word) }
        }
    }
}
