import DeviceProfiles
import DriverAPI

@testable import ModbusProfile

/// A profile built in a test; variants are a closure.
struct FixedProfile: VariableProfile {
    var profile: DeviceProfile
    var vary: @Sendable (DeviceProfile, [String: Value]) -> DeviceProfile = { profile, _ in profile }

    init(_ profile: DeviceProfile) { self.profile = profile }

    func values(ofOptions written: [String: String]) throws(DriverError) -> [String: Value] {
        var values: [String: Value] = [:]
        for option in profile.options {
            if let text = written[option.name] {
                guard let number = Exact(text: text) else { throw .configuration("\(option.name): \(text)") }
                values[option.name] = .number(number)
            } else {
                values[option.name] = option.defaultValue
            }
        }
        return values
    }

    func applied(options: [String: Value], facts: [String: Value]) -> DeviceProfile { vary(profile, facts) }
}
