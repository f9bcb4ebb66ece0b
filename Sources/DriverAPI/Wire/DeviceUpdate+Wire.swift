extension DeviceUpdate {
    /// The most readings of one message.
    package static let mostReadings = 1000

    /// The methods by which a driver tells what a device reports.
    package static let methods: Set<String> = ["described", "readings", "link", "frame", "deviates", "alarm"]

    /// Reads a notification; nil for a method that tells no update.
    package init?(method: String, params: JSON, now: MonotonicTime) throws(WireFault) {
        guard Self.methods.contains(method) else { return nil }
        let fields = try WireFields(params, at: method)
        switch method {
        case "described":
            self = .described(
                try DeviceDescription(fields.needed("description", "what the device is"), at: "described.description"))
        case "readings":
            guard let list = try fields.list("readings") else {
                throw .missing("readings.readings", expected: "a list of readings")
            }
            self = .readings(try Reading.list(list, at: "readings.readings", now: now))
        case "link": self = .link(try LinkState(fields, now: now))
        case "frame":
            let age = min(try fields.seconds("age") ?? .zero, .seconds(60))
            self = .frame(now.advanced(by: .zero - age))
        case "deviates": self = .deviates(read: try fields.neededNumber("read"))
        default: self = .alarm(String(try fields.neededText("text").prefix(500)))
        }
    }

    /// The notification that tells the update of a device.
    package func notification(of device: String, now: MonotonicTime) -> RPCMessage {
        var members: [String: JSON] = ["device": .string(device)]
        switch self {
        case .described(let description):
            members["description"] = description.json
            return .notification(method: "described", params: .object(members))
        case .readings(let readings):
            members["readings"] = .array(readings.map { $0.json(now: now) })
            return .notification(method: "readings", params: .object(members))
        case .link(let state):
            members.merge(state.members(now: now)) { $1 }
            return .notification(method: "link", params: .object(members))
        case .frame(let time):
            members["age"] = .number(max(time.duration(to: now), .zero).exactSeconds)
            return .notification(method: "frame", params: .object(members))
        case .deviates(let read):
            members["read"] = .number(read)
            return .notification(method: "deviates", params: .object(members))
        case .alarm(let text):
            members["text"] = .string(text)
            return .notification(method: "alarm", params: .object(members))
        }
    }
}

extension Reading {
    /// Reads a list of readings, at most ``DeviceUpdate/mostReadings``.
    package static func list(_ list: [JSON], at path: String, now: MonotonicTime) throws(WireFault) -> [Reading] {
        guard list.count <= DeviceUpdate.mostReadings else {
            throw .wrong(path, expected: "at most \(DeviceUpdate.mostReadings) readings", found: "\(list.count)")
        }
        var readings: [Reading] = []
        readings.reserveCapacity(list.count)
        for (index, item) in list.enumerated() {
            readings.append(try Reading(item, at: "\(path)[\(index)]", now: now))
        }
        return readings
    }
}
