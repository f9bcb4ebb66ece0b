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
    private var generations: [String: Int] = [:]
    private var events: [Event] = []
    private var listener: (@Sendable () -> Void)?

    /// An empty board.
    public init() {}

    /// Adds a device, or one that could not be opened (`device` nil), and follows its updates.
    ///
    /// One of the same name before it is followed no more; who adds closes it.
    public func add(_ state: DeviceState, device: (any Device)?) {
        let id = state.entry.id
        if states[id] == nil { order.append(id) }
        followers[id]?.cancel()
        followers[id] = nil
        let generation = generations[id, default: 0] + 1
        generations[id] = generation
        states[id] = state
        devices[id] = device
        guard let device else { return }
        followers[id] = Task { [weak self] in
            for await update in device.updates { await self?.take(update, of: id, generation) }
        }
    }

    /// The states in the order of the site file.
    public func all() -> [DeviceState] { order.compactMap { states[$0] } }

    /// The state of one device.
    public func state(_ id: String) -> DeviceState? { states[id] }

    /// The device itself, to command it.
    public func device(_ id: String) -> (any Device)? { devices[id] }

    /// Everything for one tick: the states in the order of the site file, the devices, and the events since the last call.
    public func take() -> (states: [DeviceState], devices: [String: any Device], events: [Event]) {
        defer { events = [] }
        return (all(), devices, events)
    }

    /// Calls `listener` whenever something is shown otherwise than before; it must return at once.
    public func onChange(_ listener: @escaping @Sendable () -> Void) { self.listener = listener }

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

    private func take(_ update: DeviceUpdate, of id: String, _ generation: Int) {
        guard generations[id] == generation else { return }
        if case .frame = update {} else { listener?() }
        switch update {
        case .described(let description):
            states[id]?.description = description
            states[id]?.deviceClass = description.deviceClass
        case .readings(let readings):
            for reading in readings { states[id]?.readings[reading.point] = reading }
        case .link(let link): take(link, of: id)
        case .frame(let time):
            let last = states[id]?.lastFrame ?? time
            states[id]?.lastFrame = max(last, time)
        case .deviates(let read):
            // A Power Brain must not distribute by itself (vendor documentation, "Master slave configuration").
            let hint =
                states[id]?.profile == "cfos.power-brain"
                ? "; if it goes on so, set its load management to Observation" : ""
            events.append(.alarm(device: id, text: "it reads \(read) instead of what it was told" + hint))
        case .alarm(let text):
            events.append(.alarm(device: id, text: text))
        }
    }

    private func take(_ link: LinkState, of id: String) {
        guard var state = states[id] else { return }
        if case .online = link {
            if case .online = state.link {} else { state.connections += 1 }
        } else {
            // A device that does not answer has no known values; the last ones stay, marked offline.
            for (point, reading) in state.readings where reading.quality.isKnown {
                state.readings[point]?.quality = .offline
            }
        }
        state.link = link
        states[id] = state
    }
}

extension DeviceBoard {
    /// Puts the entries of a new site file in place of the old ones, and the states in its order.
    ///
    /// What it does not have, or has disabled, stands at the end until it is removed.
    func arrange(_ entries: [SiteDevice]) {
        for entry in entries where states[entry.id]?.isLeaving == false { states[entry.id]?.entry = entry }
        let named = entries.map(\.id).filter { states[$0] != nil }
        order = named + order.filter { !named.contains($0) }
    }

    /// The site uses a device no more.
    func leave(_ id: String) { states[id]?.isLeaving = true }

    /// The site uses a device again that was about to go.
    func stay(_ entry: SiteDevice) {
        states[entry.id]?.isLeaving = false
        states[entry.id]?.entry = entry
    }

    /// Shows why a device does not do what the site file says; nil when it does.
    func explain(_ id: String, _ failure: String?) { states[id]?.failure = failure }

    /// Takes a device off the board; who takes it closes it.
    func remove(_ id: String) -> (any Device)? {
        order.removeAll { $0 == id }
        states[id] = nil
        followers.removeValue(forKey: id)?.cancel()
        generations[id, default: 0] += 1
        return devices.removeValue(forKey: id)
    }
}
