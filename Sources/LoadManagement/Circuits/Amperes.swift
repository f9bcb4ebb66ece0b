/// How currents are written for people.
enum Amperes {
    /// `current` milliamperes in amperes with as many digits as it needs, as in `7.5 A`.
    static func text(_ current: Int) -> String {
        let magnitude = current.magnitude
        var text = "\(current < 0 ? "-" : "")\(magnitude / 1000)"
        let rest = Int(magnitude % 1000)
        if rest > 0 {
            var digits = "\(1000 + rest)".dropFirst()
            while digits.last == "0" { digits.removeLast() }
            text += ".\(digits)"
        }
        return text + " A"
    }
}
