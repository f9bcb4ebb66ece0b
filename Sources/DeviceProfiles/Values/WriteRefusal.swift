import DriverAPI

/// Why a value is not written.
public enum WriteRefusal: Error, Hashable, Sendable {
    /// The point has no `write`.
    case notWritable(point: String)
    /// The value is of another kind than the point.
    case wrongKind(point: String, value: Value)
    /// Below or above what the profile allows.
    case outOfRange(point: String, value: Exact, low: Exact, high: Exact, unit: Unit)
    /// An end of the range is not known yet.
    case rangeUnknown(point: String)
    /// No step of the device lies inside the range on the side it is rounded to.
    case noStep(point: String, value: Exact, unit: Unit)
    /// The device's number cannot hold it.
    case doesNotFit(point: String, value: Value)
    /// The device's own number is outside the type.
    case rawDoesNotFit(point: String, raw: Int128)
    /// The enumeration has no such member.
    case noSuchMember(point: String, value: Value, members: [String])
    /// Several raw numbers mean this value, and the profile does not say which to write.
    case ambiguous(point: String, value: Value)
    /// `invert` or `scale_from` is not known yet.
    case conversionUnknown(point: String)
    /// The condition of the profile does not hold; its text.
    case condition(point: String, String)
}

extension WriteRefusal: CustomStringConvertible {
    /// The reason as a person reads it.
    public var description: String {
        switch self {
        case .notWritable(let point): "\(point) cannot be written"
        case .wrongKind(let point, let value): "\(point) cannot be \(value)"
        case .outOfRange(let point, let value, let low, let high, let unit):
            "\(point): \(Self.text(value, unit)) is outside \(Self.text(low, unit)) to \(Self.text(high, unit))"
        case .rangeUnknown(let point): "\(point): its range is not known yet"
        case .noStep(let point, let value, let unit):
            "\(point): the device has no step for \(Self.text(value, unit)) inside the range"
        case .doesNotFit(let point, let value): "\(point): \(value) does not fit into the device's registers"
        case .rawDoesNotFit(let point, let raw): "\(point): raw \(raw) does not fit into the device's registers"
        case .noSuchMember(let point, let value, let members):
            "\(point) has no \(value); it has \(members.joined(separator: ", "))"
        case .ambiguous(let point, let value): "\(point): the profile does not say which number to write for \(value)"
        case .conversionUnknown(let point): "\(point): what its number means on this device is not known yet"
        case .condition(_, let text): text
        }
    }

    private static func text(_ value: Exact, _ unit: Unit) -> String {
        unit == .one ? value.description : "\(value) \(unit.rawValue)"
    }
}
