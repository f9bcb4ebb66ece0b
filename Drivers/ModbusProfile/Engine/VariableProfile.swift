import DeviceProfiles
import DriverAPI

/// A profile as the engine needs it: itself, the values of its options, and itself with the variants that hold.
public protocol VariableProfile: Sendable {
    /// The profile without any variant.
    var profile: DeviceProfile { get }

    /// The values of the options as the site file has them, defaults included.
    ///
    /// Throws ``DriverError/configuration(_:)`` for an unknown option, a wrong value, or a missing one.
    func values(ofOptions written: [String: String]) throws(DriverError) -> [String: Value]

    /// The profile with all variants applied that hold.
    func applied(options: [String: Value], facts: [String: Value]) -> DeviceProfile
}
