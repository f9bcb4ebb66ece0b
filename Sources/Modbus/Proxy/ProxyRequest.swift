import ReadPlanning

/// A request on its way through a proxy, checked so far that the line can carry it.
enum ProxyRequest: Hashable, Sendable {
    /// Functions 1 to 4.
    case read(ReadRequest)
    /// Functions 5, 6, 15 and 16.
    case write(WriteRequest)
    /// Any other function, as it is.
    case raw([UInt8])

    /// Checks a PDU; throws the exception that answers what no device could be asked.
    ///
    /// A frame of a wrong length would only occupy the line until its timeout.
    init(pdu: [UInt8]) throws(ModbusException) {
        guard let function = pdu.first, (1...127).contains(function) else { throw .illegalFunction }
        switch function {
        case 1...6, 15, 16:
            switch try ServerRequest(pdu: pdu) {
            case .read(let read): self = .read(read)
            case .write(let write): self = .write(write)
            }
        case 22:
            guard pdu.count == 7 else { throw .illegalDataValue }
            self = .raw(pdu)
        case 23:
            guard pdu.count >= 10, (1...125).contains(Int(pdu[3]) << 8 | Int(pdu[4])),
                (1...121).contains(Int(pdu[7]) << 8 | Int(pdu[8])), Int(pdu[9]) == 2 * (Int(pdu[7]) << 8 | Int(pdu[8])),
                pdu.count == 10 + Int(pdu[9])
            else { throw .illegalDataValue }
            self = .raw(pdu)
        default:
            guard pdu.count <= RequestFrame.maximumPDU else { throw .illegalDataValue }
            self = .raw(pdu)
        }
    }

    /// Whether it can change the device. Of the other functions only 7, 11, 12, 17, 20, 24 and 43 are known to read
    /// (Modbus Application Protocol V1.1b3, 6).
    var isWrite: Bool {
        switch self {
        case .read: false
        case .write: true
        case .raw(let pdu): ![7, 11, 12, 17, 20, 24, 43].contains(pdu.first ?? 0)
        }
    }
}
