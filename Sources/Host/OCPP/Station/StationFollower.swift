import DriverAPI
import Synchronization

/// Tells the boxes of a slave what its master allows by OCPP; the host itself shares nothing there.
///
/// Where a master allows something by Modbus too, whoever allows less is obeyed.
actor StationFollower {
    private let board: DeviceBoard
    private let control: ControlLoop
    private let clock: any SiteClock
    private let stations: StationOrders
    private let masters: MasterOrders
    private var lanes: [String: MasterLane] = [:]
    private var connections: [String: Int] = [:]
    private nonisolated let isNeeded = Mutex(false)

    init(
        board: DeviceBoard, control: ControlLoop, clock: any SiteClock, stations: StationOrders, masters: MasterOrders
    ) {
        self.board = board
        self.control = control
        self.clock = clock
        self.stations = stations
        self.masters = masters
    }

    /// Whether boxes are to be told anything, as a site file says.
    func takeOver(_ site: Site) {
        let isNeeded = Self.isNeeded(site)
        self.isNeeded.withLock { $0 = isNeeded }
        if !isNeeded { lanes = [:] }
    }

    /// The devices as they are now, once a tick; returns at once.
    nonisolated func note(_ states: [DeviceState]) {
        if isNeeded.withLock({ $0 }) { Task { await step(states) } }
    }

    /// A slave with a master by OCPP; a site that shares current itself has the station's word in load management.
    static func isNeeded(_ site: Site) -> Bool {
        site.role == .slave && site.mode == .observe && site.ocpp.backend != nil
    }

    /// Tells boxes what they are not told yet, or do not follow any more.
    private func step(_ states: [DeviceState]) {
        guard isNeeded.withLock({ $0 }) else { return }
        let allowed = stations.all.boxes.merging(masters.all) { min($0, $1) }
        let now = clock.now
        for state in states where state.deviceClass == .wallbox && state.isInUse && state.isOnline {
            let id = state.entry.id
            guard stations.all.boxes[id] != nil, let most = allowed[id], let charging = state.description?.charging
            else { continue }
            // Less than a box can charge with is off.
            let order =
                most < LimitsBuilder.milliamperes(charging.minimum)
                ? 0 : min(most, LimitsBuilder.atMost(charging.maximum))
            var lane = lanes[id] ?? MasterLane(told: nil)
            if let before = connections[id], before != state.connections { lane.forget() }
            connections[id] = state.connections
            let followed = state.readBack().map { LimitsBuilder.milliamperes($0.amperes) }
            let next = lane.next(order: order, writes: 0, followed: followed, at: now)
            lanes[id] = lane
            if let next { Task { await tell(next, id, isLower: followed.map { next <= $0 } ?? (next == 0)) } }
        }
    }

    private func tell(_ order: Int, _ id: String, isLower: Bool) async {
        var isCarriedOut = false
        defer { lanes[id]?.ended(order, isCarriedOut: isCarriedOut) }
        if !isLower, let admission = await control.admission(of: id), !admission.mayRaise {
            return await control.addAlarm("\(id): its master raises it, but \(admission)")
        }
        guard let device = await board.device(id) else { return }
        do throws(DriverError) {
            let amperes = Exact(Int128(order), over: 1000) ?? 0
            let outcome = try await device.apply(.charge(order > 0 ? .current(amperes) : .off))
            isCarriedOut = true
            if outcome.told.map({ $0 > amperes }) ?? false {
                await control.addAlarm("\(id): follows \(outcome.told?.description ?? "?") A, its master allows less")
            }
        } catch .superseded {
        } catch {
            await control.addAlarm("\(id): does not follow what its master allows: \(error)")
        }
    }
}
