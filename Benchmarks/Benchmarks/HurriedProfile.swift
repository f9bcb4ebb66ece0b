import DeviceProfiles
import DriverAPI
import ModbusProfile

/// A profile without the pauses of its device and without asking who the device is, and with every point in every round.
struct HurriedProfile: VariableProfile {
    private let document: ProfileDocument

    init(_ document: ProfileDocument) { self.document = document }

    var profile: DeviceProfile { hurried(document.profile) }

    func values(ofOptions written: [String: String]) throws(DriverError) -> [String: Value] {
        try document.values(ofOptions: written)
    }

    func applied(options: [String: Value], facts: [String: Value]) -> DeviceProfile {
        hurried(document.applied(options: options, facts: facts))
    }

    private func hurried(_ profile: DeviceProfile) -> DeviceProfile {
        var profile = profile
        profile.identify = nil
        profile.link.timing = LinkDefinition.Timing()
        for place in profile.points.indices where profile.points[place].poll.target != nil {
            profile.points[place].poll = .fast
        }
        return profile
    }
}
