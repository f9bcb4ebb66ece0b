/// The time of a station: the machine's clock, until the backend names another time (OCPP 1.6, 4.6).
///
/// A clock that differs by less than two seconds is right: the answer's way takes as long. From the first correction on
/// the time goes on by the clock that never jumps, until the machine's clock is right again.
struct StationClock: Sendable {
    private static let tolerance = 2000

    /// What must be added to the elapsed time; nil while the machine's clock counts.
    private var offset: Int?
    private var isConfirmed = false

    func now(_ time: StationTime) -> Timestamp {
        guard let offset else { return time.wall }
        return Timestamp(milliseconds: time.elapsed.milliseconds + offset)
    }

    func isCertain(_ time: StationTime) -> Bool { time.isSet || isConfirmed || offset != nil }

    /// Takes the backend's time; the correction in ms if there was one.
    mutating func set(_ backend: Timestamp, at time: StationTime) -> Int? {
        let before = now(time)
        let correction = backend.milliseconds - before.milliseconds
        isConfirmed = true
        if time.isSet, abs(backend.milliseconds - time.wall.milliseconds) < StationClock.tolerance {
            let wasOff = offset != nil && abs(correction) >= StationClock.tolerance
            offset = nil
            return wasOff ? time.wall.milliseconds - before.milliseconds : nil
        }
        guard abs(correction) >= StationClock.tolerance else { return nil }
        offset = backend.milliseconds - time.elapsed.milliseconds
        return correction
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
