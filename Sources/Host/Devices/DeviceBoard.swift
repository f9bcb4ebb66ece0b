import DriverAPI

/// The latest state of every device, fed by the devices' updates.
public actor DeviceBoard {
    /// Something that the control loop must hear of at once, and not only see in the state.
    public enum Event: Sendable {
        /// The device said something the operator must know.
        case alarm(device: String, text: String)
    }

    private var states: [String: DeviceState] = [:]
    private var order: [String] = []
    private var devices: [String: any Device] = [:]
    private var followers: [String: Task<Void, Never>] = [:]
    private var events: [Event] = []

    /// An empty board.
    public init() {}

    /// Adds a device, or one that could not be opened (`device` nil), and follows its updates.
    public func add(_ state: DeviceState, device: (any Device)?) {
        let id = state.entry.id
        if states[id] == nil { order.append(id) }
        states[id] = state
        guard let device else { return }
        devices[id] = device
        followers[id] = Task { [weak self] in
            for await update in device.updates { await self?.take(update, of: id) }
        }
    }

    /// The states in the order of the site file.
    public func all() -> [DeviceState] { order.compactMap { states[$0] } }

    /// The state of one device.
    public func state(_ id: String) -> DeviceState? { states[id] }

    /// The device itself, to command it.
    public func device(_ id: String) -> (any Device)? { devices[id] }

    /// The events since the last call, oldest first.
    public func takeEvents() -> [Event] {
        defer { events = [] }
        return events
    }

    /// Closes all devices at once; each does what `policy` says.
    public func closeAll(_ policy: LeavePolicy) async {
        let open = devices
        devices = [:]
        await withTaskGroup(of: Void.self) { group in
            for device in open.values { group.addTask { await device.close(policy) } }
        }
        for follower in followers.values { follower.cancel() }
        followers = [:]
    }

    private func take(_ update: DeviceUpdate, of id: String) {
        switch update {
        case .described(let description):
            states[id]?.description = description
            states[id]?.deviceClass = description.deviceClass
        case .readings(let readings):
            for reading in readings { states[id]?.readings[reading.point] = reading }
        case .link(let link):
            states[id]?.link = link
            if case .online = link { return }
            spoil(id)
        case .frame(let time):
            states[id]?.lastFrame = time
        case .deviates(let read):
            events.append(.alarm(device: id, text: "it reads \(read) instead of what it was told"))
        case .alarm(let text):
            events.append(.alarm(device: id, text: text))
        }
    }

    /// A device that does not answer has no known values; the last ones stay, marked offline.
    private func spoil(_ id: String) {
        guard var state = states[id] else { return }
        for (point, reading) in state.readings where reading.quality.isKnown {
            var offline = reading
            offline.quality = .offline
            state.readings[point] = offline
        }
        states[id] = state
    }
}
