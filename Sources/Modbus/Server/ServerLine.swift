import DriverAPI
import Glibc
import ReadPlanning

/// A serial line that a server answers on, or a pseudo-terminal that behaves like one.
final class ServerLine {
    /// How far apart the portions of a paced answer are.
    private static let portion = Duration.milliseconds(4)
    /// Bytes further apart than this belong to different frames. USB adapters hand on in portions of up to 16 ms.
    private static let shortestPause = Duration.milliseconds(20)

    let source: LineSource
    /// −1 while a device is away.
    var fd: Int32
    var framer = RTUFramer()
    var lastByte = MonotonicTime.zero
    /// Requests that wait for their answers; the next request ends the wait.
    var pending: Set<UInt64> = []
    /// Until when what was sent or received occupies a paced line.
    private var free = MonotonicTime.zero

    init(_ source: LineSource) {
        self.source = source
        fd =
            switch source.kind {
            case .pseudo(let terminal): terminal.master
            case .device(_, _, let fd): fd
            }
    }

    /// The pause that ends a frame.
    var pause: Duration { max(source.timing.silence, ServerLine.shortestPause) }

    /// Whether the line has no speed of its own.
    var isPaced: Bool {
        if case .pseudo = source.kind { return true }
        return false
    }

    /// When a request would be over on the wire: its bytes came at once, but a line takes its time for each.
    func end(of frame: ServerFrame, now: MonotonicTime) -> MonotonicTime {
        guard isPaced else { return now }
        let bytes = frame.pdu.count + 3
        let end = max(frame.began, free).advanced(by: source.timing.character * bytes)
        free = max(now, end)
        return free
    }

    /// An answer in portions, each with the moment when it would have come over a line of this speed.
    ///
    /// The answer begins 3.5 characters after the request, or `delay` after it if that is longer.
    func portions(
        of bytes: [UInt8], after requestEnd: MonotonicTime, delay: Duration
    ) -> [(bytes: [UInt8], due: MonotonicTime)] {
        let start = requestEnd.advanced(by: max(source.timing.silence, delay))
        guard isPaced else { return [(bytes, start)] }
        let character = source.timing.character
        let count = max(1, Int(ServerLine.portion.wholeNanoseconds / max(1, character.wholeNanoseconds)))
        free = max(free, start.advanced(by: character * bytes.count))
        return stride(from: 0, to: bytes.count, by: count).map { first in
            let last = min(first + count, bytes.count)
            return (Array(bytes[first..<last]), start.advanced(by: character * last))
        }
    }
}
