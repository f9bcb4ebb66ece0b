/// A field that breaks its rule: where it is, and what is wrong with it.
public struct Violation: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        case missing
        case unknownProperty
        case wrongType(expected: String, found: String)
        case tooLong(characters: Int, limit: Int)
        case tooFew(elements: Int, least: Int)
        case notOneOf([String], found: String)
        case tooSmall(Int, least: Int)
        case notWhole(String)
        case notInTenths(String)
        case noTimestamp(String)
    }

    /// The way from the payload to the field: `meterValue[0].sampledValue[2].unit`.
    public internal(set) var path: String
    /// What is wrong.
    public let fault: Fault

    /// A fault in the field that the path leads to.
    public init(path: String, fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// The code that the sender of the message is answered with (OCPP-J 1.6, table 7).
    public var code: ErrorCode {
        switch fault {
        case .missing, .tooFew: .occurenceConstraintViolation
        case .unknownProperty: .formationViolation
        case .wrongType, .notWhole: .typeConstraintViolation
        case .tooLong, .notOneOf, .tooSmall, .notInTenths, .noTimestamp: .propertyConstraintViolation
        }
    }

    func inside(_ outer: String) -> Violation {
        var copy = self
        copy.path = path.isEmpty ? outer : path.hasPrefix("[") ? outer + path : outer + "." + path
        return copy
    }
}

extension Violation: CustomStringConvertible {
    /// The sentence for people; it is sent as the description of the CALLERROR too.
    public var description: String {
        let place = path.isEmpty ? "the payload" : path
        switch fault {
        case .missing: return "\(place) is missing"
        case .unknownProperty: return "\(place) is no property of this message"
        case .wrongType(let expected, let found): return "\(place) must be \(expected), not \(found)"
        case .tooLong(let count, let limit): return "\(place) has \(count) characters, at most \(limit) are allowed"
        case .tooFew(let count, let least): return "\(place) has \(count) elements, at least \(least) are needed"
        case .notOneOf(let values, let found):
            let list = values.count > 10 ? "" : ", only " + values.joined(separator: ", ")
            return "\(place) must not be \"\(found.prefix(40))\"\(list)"
        case .tooSmall(let value, let least): return "\(place) is \(value), at least \(least) is needed"
        case .notWhole(let number): return "\(place) must be a whole number, not \(number)"
        case .notInTenths(let number): return "\(place) must be a multiple of 0.1, not \(number)"
        case .noTimestamp(let text): return "\(place) must be a date and time, not \"\(text.prefix(40))\""
        }
    }
}
