import DriverAPI

/// Commands as people write them: `charge=10A`, `phases=1`, `wake_up`.
public enum CommandText {
    /// The command is not understood; says what would be.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong.
        public let description: String
    }

    /// Reads one command.
    public static func parse(_ text: String) throws(Problem) -> Command {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts == ["wake_up"] { return .wakeUp }
        guard parts.count == 2 else {
            throw Problem(description: "\"\(text)\" is no command; write charge=10A, phases=1 or wake_up")
        }
        switch parts[0] {
        case "charge": return .charge(try charge(parts[1]))
        case "phases":
            guard let phases = PhaseSelection(rawValue: parts[1]) else {
                throw Problem(description: "phases must be 1, 3 or auto, not \"\(parts[1])\"")
            }
            return .phases(phases)
        case "lock":
            guard ["true", "false"].contains(parts[1]) else {
                throw Problem(description: "lock must be true or false, not \"\(parts[1])\"")
            }
            return .lock(parts[1] == "true")
        case "display": return .display(parts[1])
        default: return .set(point: parts[0], value: value(parts[1]))
        }
    }

    private static func charge(_ text: String) throws(Problem) -> ChargeTarget {
        if text == "off" { return .off }
        if text == "on" { return .on }
        guard let (number, unit) = QuantityText.parse(text), number >= 0 else {
            throw Problem(
                description: "charge must be off, on, a current such as 10A or a power such as 7.2kW, not \"\(text)\"")
        }
        guard let canonical = number.multiplied(by: unit.factor) else {
            throw Problem(description: "\"\(text)\" is out of range")
        }
        switch unit.dimension {
        case .current: return canonical == 0 ? .off : .current(canonical)
        case .power: return canonical == 0 ? .off : .power(canonical)
        default: throw Problem(description: "charge needs A or W, not \(unit.rawValue)")
        }
    }

    private static func value(_ text: String) -> Value {
        if text == "true" || text == "false" { return .bool(text == "true") }
        if let (number, unit) = QuantityText.parse(text), let canonical = number.multiplied(by: unit.factor) {
            return .number(canonical)
        }
        return Exact(text: text).map(Value.number) ?? .text(text)
    }
}
