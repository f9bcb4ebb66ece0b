/// Cuts a byte stream of the binary framing into the greeting and frames, whatever pieces it comes in.
///
/// It never holds more than a frame and the piece that came last.
public struct BinaryStream: Sendable {
    /// `OCPPB` and the version.
    public static let magic: [UInt8] = Array("OCPPB".utf8) + [1]

    /// How many random bytes the server's greeting carries.
    public static let challengeLength = 32

    /// What the stream was cut into.
    public enum Piece: Hashable, Sendable {
        /// The other side's greeting; a server's carries the challenge, a client's nothing.
        case greeting(challenge: [UInt8])
        /// One frame without its length.
        case frame([UInt8])
    }

    private let maximumFrame: Int
    private let challengeLength: Int
    private var isGreeted = false
    private var buffer: [UInt8] = []
    private var start = 0

    /// A stream on which nothing came yet.
    ///
    /// - Parameter side: our own side. A charge point waits for the server's greeting, a central system for the client's.
    public init(at side: Side, maximumFrame: Int = 65_536) {
        self.maximumFrame = maximumFrame
        challengeLength = side == .chargePoint ? BinaryStream.challengeLength : 0
    }

    /// The bytes a server begins with: the magic and 32 random bytes, new ones for every connection.
    public static func serverGreeting(challenge: [UInt8]) -> [UInt8] { magic + challenge }

    /// The bytes a client begins with, before its hello.
    public static var clientGreeting: [UInt8] { magic }

    /// Takes what came.
    public mutating func receive(_ bytes: some Collection<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next piece that is complete; nil if more bytes are needed.
    ///
    /// After a problem the connection has to be closed: the place of the next frame is lost.
    public mutating func next() throws(BinaryProblem) -> Piece? {
        isGreeted ? try nextFrame() : try greeting()
    }

    private mutating func greeting() throws(BinaryProblem) -> Piece? {
        let magic = BinaryStream.magic
        let there = buffer[start...].prefix(magic.count)
        guard magic.starts(with: there) else { throw .notThisProtocol(found: Array(there)) }
        guard buffer.count - start >= magic.count + challengeLength else { return nil }
        let challenge = buffer[(start + magic.count)..<(start + magic.count + challengeLength)]
        start += magic.count + challengeLength
        isGreeted = true
        return .greeting(challenge: Array(challenge))
    }

    private mutating func nextFrame() throws(BinaryProblem) -> Piece? {
        guard buffer.count - start >= 4 else { return nil }
        let length = buffer[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
        guard length <= maximumFrame else { throw .tooLarge(bytes: length, limit: maximumFrame) }
        guard length > 0 else { throw .emptyFrame }
        guard buffer.count - start >= 4 + length else { return nil }
        let frame = Array(buffer[(start + 4)..<(start + 4 + length)])
        start += 4 + length
        return .frame(frame)
    }
}
