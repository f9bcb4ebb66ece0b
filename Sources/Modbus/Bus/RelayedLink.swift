import DriverAPI
import ReadPlanning
import Synchronization

/// A link whose requests somebody else sends: a host that has the line open.
///
/// ``modify(_:unit:mask:bits:function:options:)`` is a read and a write, between which others may use the line.
public final class RelayedLink: RegisterLink {
    /// Sends a PDU to a unit and gives back the one that answers; a refusal of the device is thrown as an exception.
    public typealias Exchange =
        @Sendable (_ pdu: [UInt8], _ unit: UInt8, _ options: RequestOptions) async throws(LinkError) -> [UInt8]

    private let exchange: Exchange
    private let frames = Mutex<[UInt8: MonotonicTime]>([:])
    private let clock = SystemClock()

    /// Makes a link that sends by `exchange`.
    public init(_ exchange: @escaping Exchange) { self.exchange = exchange }

    /// Reads, and says when the request left this process and when its answer was there.
    public func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        try await send(.read(request), unit, options)
    }

    /// Writes and waits for the acknowledgement, which must repeat what was written.
    public func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        _ = try await send(.write(request), unit, options)
    }

    /// Reads, changes and writes one holding register, by function 6 or 16.
    public func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        guard function == 6 || function == 16 else { throw .refused("function \(function) writes no register") }
        let before = try await answer(
            to: ReadRequest(.holding, at: address, count: 1), unit: unit, options: options)
        guard let old = before.words.first else { throw .garbled("no register") }
        let word = old & ~mask | bits & mask
        try await write(
            WriteRequest(function: function, address: address, words: [word]), unit: unit, options: options)
        return word
    }

    /// One: who sends makes the connections, and makes them anew by itself.
    public var connectionEpoch: Int { 1 }

    /// When the last request to `unit` left this process.
    public func lastFrame(to unit: UInt8) -> MonotonicTime? { frames.withLock { $0[unit] } }

    private func send(
        _ request: BusRequest, _ unit: UInt8, _ options: RequestOptions
    ) async throws(LinkError) -> Answer {
        let frame = RequestFrame()
        try request.encode(into: frame)
        let pdu = Array(UnsafeBufferPointer(start: frame.bytes + RequestFrame.pduStart, count: frame.pduCount))
        let sent = clock.now
        frames.withLock { $0[unit] = sent }
        let answer = try await exchange(pdu, unit, options)
        let received = clock.now
        switch answer.withUnsafeBufferPointer(request.judge) {
        case .words(let words): return Answer(words: words, sent: sent, received: received)
        case .exception(let code): throw .exception(code)
        case .other(let what): throw .garbled(what)
        }
    }
}
