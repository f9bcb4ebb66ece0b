import DriverAPI

/// What the site file says of a slave's connector. Currents are amperes.
struct ConnectorOptions: Hashable, Sendable {
    /// The most it draws if nothing limits it.
    var rated: Exact = 32
    /// The least it charges with.
    var minimum: Exact = 6
    /// How many phases it is wired to.
    var phases = 3

    private static let known = ["rated_current", "min_current", "phases"]

    /// Reads the options as written. Throws ``DriverError/configuration(_:)``.
    init(_ options: [String: String]) throws(DriverError) {
        for (name, value) in options {
            switch name {
            case "rated_current": rated = try Self.amperes(name, value, 6...1000)
            case "min_current": minimum = try Self.amperes(name, value, 1...1000)
            case "phases":
                guard let number = Int(value), (1...3).contains(number) else {
                    throw .configuration("option phases: \(value) is not 1, 2 or 3")
                }
                phases = number
            default:
                throw .configuration(
                    "option \(name) is not known to OCPP boxes; they take \(Self.known.joined(separator: ", "))")
            }
        }
        guard minimum <= rated else {
            throw .configuration("option min_current: \(minimum) A is more than rated_current, \(rated) A")
        }
    }

    init() {}

    private static func amperes(
        _ name: String, _ text: String, _ range: ClosedRange<Exact>
    ) throws(DriverError) -> Exact {
        var number = text.filter { !$0.isWhitespace }
        if number.hasSuffix("A") { number.removeLast() }
        guard let value = Exact(text: number), range.contains(value) else {
            throw .configuration(
                "option \(name): \(text) is no current of \(range.lowerBound) to \(range.upperBound) A, such as 16 A")
        }
        return value
    }
}
