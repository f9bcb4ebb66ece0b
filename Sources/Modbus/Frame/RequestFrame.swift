/// The bytes of one request on their way out; one buffer, used again and again.
///
/// Six bytes are kept free in front for the MBAP header; the unit id is the seventh, the PDU follows.
final class RequestFrame {
    /// Where the PDU begins.
    static let pduStart = 7
    /// The longest PDU (Modbus Application Protocol V1.1b3, 4.1).
    static let maximumPDU = 253

    let bytes: UnsafeMutablePointer<UInt8>
    /// How long the PDU is.
    private(set) var pduCount = 0

    init() {
        bytes = .allocate(capacity: RequestFrame.pduStart + RequestFrame.maximumPDU)
        bytes.initialize(repeating: 0, count: RequestFrame.pduStart + RequestFrame.maximumPDU)
    }

    deinit { bytes.deallocate() }

    /// Starts a PDU with its function code.
    func start(_ function: UInt8) {
        bytes[RequestFrame.pduStart] = function
        pduCount = 1
    }

    /// Appends one byte; callers have checked that at most 253 come together.
    func append(_ byte: UInt8) {
        guard pduCount < RequestFrame.maximumPDU else { return }
        bytes[RequestFrame.pduStart + pduCount] = byte
        pduCount += 1
    }

    /// Appends a word, high byte first.
    func append(_ word: UInt16) {
        append(UInt8(truncatingIfNeeded: word >> 8))
        append(UInt8(truncatingIfNeeded: word))
    }
}
