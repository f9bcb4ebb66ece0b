import Modbus

/// Why a device cannot be simulated as asked for.
public enum SimulationProblem: Error, Hashable, Sendable {
    /// The profile has no such fixture.
    case fixture(String, profile: String, known: [String])
    /// The options of the device are wrong.
    case options(String)
    /// The profile with these options and facts has errors; the first of them.
    case profile(String)
    /// The address cannot be right.
    case address(AddressError)
    /// Nothing can be served at such an address.
    case place(String)
    /// The unit id is not 0 to 255 (on serial lines 1 to 247), or outside the profile's range.
    case unit(Int, allowed: ClosedRange<Int>)
    /// Two devices have one place and unit.
    case twice(unit: UInt8, place: String)
}

extension SimulationProblem: CustomStringConvertible {
    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .fixture(let name, let profile, let known):
            known.isEmpty
                ? "\(profile) has no fixtures, so not \(name) either"
                : "\(profile) has no fixture \(name); it has \(known.joined(separator: ", "))"
        case .options(let text), .profile(let text): text
        case .address(let error): "\(error)"
        case .place(let text): "nothing can listen at \(text); use HOST:PORT, rtu+tcp://HOST:PORT or a serial line"
        case .unit(let unit, let allowed): "unit \(unit) is not within \(allowed.lowerBound) to \(allowed.upperBound)"
        case .twice(let unit, let place): "two devices have unit \(unit) at \(place)"
        }
    }
}
