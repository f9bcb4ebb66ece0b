import DriverAPI

/// How much of the last minute a line was occupied, in portions of 5 s.
struct LoadMeter: Sendable {
    private static let portion: Int64 = 5_000_000_000
    private static let count = 12

    /// The occupied time of each portion in ns; a portion stands at its number modulo the count.
    private var occupied = [Int64](repeating: 0, count: LoadMeter.count)
    private var latest: Int64?
    private var first: Int64 = 0

    /// The line was occupied from `start` to `end`.
    mutating func note(from start: MonotonicTime, to end: MonotonicTime) {
        if latest == nil { first = start.nanoseconds }
        var begin = start.nanoseconds
        while begin < end.nanoseconds {
            let portion = begin / Self.portion
            advance(to: portion)
            let stop = min(end.nanoseconds, (portion + 1) * Self.portion)
            occupied[Int(portion % Int64(Self.count))] += stop - begin
            begin = stop
        }
    }

    /// The occupied part of the last minute, or of the time since the first traffic where that is shorter: 0...1.
    func load(at now: MonotonicTime) -> Double {
        guard let latest else { return 0 }
        let portion = now.nanoseconds / Self.portion
        let oldest = max(portion - Int64(Self.count) + 1, 0)
        guard latest >= oldest else { return 0 }
        let sum = (max(oldest, latest - Int64(Self.count) + 1)...latest).reduce(Int64(0)) {
            $0 + occupied[Int($1 % Int64(Self.count))]
        }
        let elapsed = now.nanoseconds - max(first, oldest * Self.portion)
        return elapsed > 0 ? min(1, Double(sum) / Double(elapsed)) : 0
    }

    private mutating func advance(to portion: Int64) {
        guard let before = latest else {
            latest = portion
            return
        }
        guard portion > before else { return }
        for passed in max(before + 1, portion - Int64(Self.count) + 1)...portion {
            occupied[Int(passed % Int64(Self.count))] = 0
        }
        latest = portion
    }
}
