extension Timestamp {
    /// The seconds of the years 0 to 9999, which have four digits.
    static let writable = -62_167_219_200..<253_402_300_800

    /// The moment that a text names: with or without a fraction, with `Z`, an offset, or no zone at all (then UTC).
    ///
    /// Nil when it is no date and time of RFC 3339. Digits beyond the millisecond are dropped; a second of 60 is the
    /// first of the next minute. A space may stand for the `T`, and `+0100` for `+01:00`, because peers send that.
    public init?(_ text: String) {
        var reader = DigitReader(units: Array(text.utf8))
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), let date = CivilDate(year: year, month: month, day: day),
            reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.digits(2), hour < 24, reader.take(":"), let minute = reader.digits(2), minute < 60
        else { return nil }
        var second = 0
        var millisecond = 0
        if reader.take(":") {
            guard let value = reader.digits(2), value <= 60 else { return nil }
            second = value
            if reader.take(".") || reader.take(",") {
                guard let value = reader.fraction() else { return nil }
                millisecond = value
            }
        }
        guard let offset = reader.zone(), reader.isAtEnd else { return nil }
        let seconds = date.number * 86_400 + hour * 3600 + (minute - offset) * 60 + second
        guard Timestamp.writable.contains(seconds) else { return nil }
        self.init(milliseconds: seconds * 1000 + millisecond)
    }
}

private struct DigitReader {
    let units: [UInt8]
    var place = 0

    var isAtEnd: Bool { place == units.count }

    mutating func take(_ unit: Unicode.Scalar) -> Bool {
        guard place < units.count, UInt32(units[place]) == unit.value else { return false }
        place += 1
        return true
    }

    mutating func digits(_ count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func digit() -> Int? {
        guard place < units.count, units[place] >= 0x30, units[place] <= 0x39 else { return nil }
        place += 1
        return Int(units[place - 1]) - 0x30
    }

    /// Milliseconds.
    mutating func fraction() -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let digit = digit() {
            count += 1
            if count <= 3 { value = value * 10 + digit }
        }
        for _ in count..<max(count, 3) { value *= 10 }
        return value
    }

    /// Minutes east of UTC.
    mutating func zone() -> Int? {
        if isAtEnd || take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = digits(2), hours < 24 else { return nil }
        _ = take(":")
        guard let minutes = isAtEnd ? 0 : digits(2), minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isEast ? 1 : -1)
    }
}
