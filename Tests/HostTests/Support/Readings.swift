import DriverAPI

@testable import Host

extension DeviceState {
    /// A device that answers with these numbers.
    static func online(
        _ id: String, _ deviceClass: DeviceClass, role: SiteDevice.Role? = nil, circuit: String = "supply",
        rotation: String = "123", _ numbers: [String: Exact]
    ) -> DeviceState {
        var state = DeviceState(
            entry: SiteDevice(
                id: id, profile: "fake", address: "10.0.0.1", circuit: circuit, rotation: rotation, role: role),
            title: id, deviceClass: deviceClass)
        state.link = .online
        for (point, number) in numbers {
            state.readings[point] = Reading(point: point, value: .number(number), quality: .good, time: .zero)
        }
        return state
    }
}
