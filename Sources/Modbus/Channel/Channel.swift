import DriverAPI
import ReadPlanning

/// One way of carrying PDUs; used by one thread, the bus's own.
protocol Channel: AnyObject {
    /// Whether a connection stands, as far as is known.
    var isOpen: Bool { get }

    /// Makes the connection.
    func open(timeout: Duration) throws(ChannelFailure)

    /// Ends it; without effect if there is none.
    func close()

    /// Looks whether the peer closed an idle connection; nothing is sent.
    func closeIfBroken()

    /// Hands a request to the line.
    func send(_ frame: RequestFrame, to unit: UInt8) throws(ChannelFailure)

    /// Waits for the next PDU that may be the answer; valid until the next call.
    ///
    /// Frames that are recognisably somebody else's (other unit, earlier transaction) are passed over.
    func receive(from unit: UInt8, until deadline: MonotonicTime) throws(ChannelFailure) -> UnsafeBufferPointer<UInt8>

    /// Makes the line clean after a request that failed; `expected` is how many bytes its answer has on the line.
    func settle(expected: Int)
}
