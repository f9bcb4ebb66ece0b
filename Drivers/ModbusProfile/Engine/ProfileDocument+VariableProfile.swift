import DeviceProfiles
import DriverAPI

extension ProfileDocument: VariableProfile {
    /// The values of the options as the site file has them, defaults included.
    ///
    /// Throws ``DriverError/configuration(_:)`` for an unknown option, a wrong value, or a missing one.
    public func values(ofOptions written: [String: String]) throws(DriverError) -> [String: Value] {
        do throws(OptionProblem) {
            return try optionValues(written)
        } catch {
            throw .configuration("\(profile.id): \(error)")
        }
    }

    /// The profile with all variants applied that hold.
    public func applied(options: [String: Value], facts: [String: Value]) -> DeviceProfile {
        resolved(options: options, facts: facts).profile
    }
}
