import DriverAPI
import LoadManagement
import Modbus

extension ModbusService {
    /// What masters order of a device, in mA, and how often they wrote.
    private struct Present {
        var order: Int
        var writes: Int
    }

    /// Brings the registers up to date, looks at the fail-safe, and sees to it that orders are followed.
    func step() async {
        let states = await board.all()
        let outcome = await control.outcome()
        let now = clock.now
        countCards(states)
        for unit in shown {
            unit.meter?.withBlock {
                $0.meter = MeterStateBuilder.meter(states.first { $0.entry.id == unit.key.device })
            }
            guard let wallbox = unit.wallbox else { continue }
            let state = wallboxState(unit.key.device, states, outcome)
            let requests = wallbox.withBlock { block in
                block.box = state
                block.advance(to: now)
                return block.takeRequests()
            }
            for request in requests { await carry(request, unit.key.device, states) }
        }
        let present = present()
        orders.replace(present.mapValues(\.order))
        if site.mode != .manage { follow(present, states, now) }
        await storeOrders()
    }

    /// The least that any master allows, by device.
    private func present() -> [String: Present] {
        var present: [String: Present] = [:]
        for unit in shown {
            guard let (order, writes) = unit.wallbox?.withBlock({ ($0.order, $0.orderWrites) }), let order else {
                continue
            }
            let before = present[unit.key.device]
            present[unit.key.device] = Present(
                order: min(before?.order ?? .max, order), writes: (before?.writes ?? 0) + writes)
        }
        return present
    }

    private func wallboxState(
        _ device: String, _ states: [DeviceState], _ outcome: ControlLoop.Outcome?
    ) -> WallboxState {
        guard device != SiteModbusUnit.wholeSite else {
            var builder = WholeSiteBuilder(states, outcome, site, energies: energies)
            defer { energies = builder.energies }
            return builder.wallbox()
        }
        return WallboxStateBuilder(states: states, outcome: outcome, mode: site.mode).wallbox(
            device, confirmed: lanes[device]?.confirmed, cards: cards[device]?.count ?? 0)
    }

    /// A card that is another one than before was held to the box.
    private func countCards(_ states: [DeviceState]) {
        for unit in shown where unit.wallbox != nil {
            let device = unit.key.device
            guard let card = states.first(where: { $0.entry.id == device })?.text("rfid_tag"), !card.isEmpty,
                cards[device]?.id != card
            else { continue }
            cards[device] = (card, (cards[device]?.count ?? 0) &+ 1)
        }
    }

    /// Tells boxes what masters order, where the host itself distributes nothing.
    private func follow(_ present: [String: Present], _ states: [DeviceState], _ now: MonotonicTime) {
        let allowed = StationFollower.isNeeded(site) ? stations.all.boxes : [:]
        for state in states where state.deviceClass == .wallbox && state.isInUse {
            let id = state.entry.id
            guard var order = present[id] else { continue }
            order.order = min(order.order, allowed[id] ?? .max)
            var lane = lanes[id] ?? MasterLane(told: nil)
            if connections[id] != state.connections {
                if connections[id] != nil { lane.forget() }
                connections[id] = state.connections
            }
            let followed = state.isOnline ? state.readBack().map { LimitsBuilder.milliamperes($0.amperes) } : nil
            let next =
                state.isOnline
                ? lane.next(order: order.order, writes: order.writes, followed: followed, at: now) : nil
            lanes[id] = lane
            if let next { Task { await tell(next, id, isLower: followed.map { next <= $0 } ?? (next == 0)) } }
        }
    }

    private func tell(_ order: Int, _ id: String, isLower: Bool) async {
        telling[id, default: 0] += 1
        defer { telling[id, default: 1] -= 1 }
        if !isLower, let admission = await control.admission(of: id), !admission.mayRaise {
            lanes[id]?.ended(order, isCarriedOut: false)
            await control.addAlarm("\(id): its master raises it, but \(admission)")
            return
        }
        guard let device = await board.device(id) else {
            lanes[id]?.ended(order, isCarriedOut: false)
            return
        }
        do throws(DriverError) {
            let amperes = Exact(Int128(order), over: 1000) ?? 0
            let outcome = try await device.apply(.charge(order > 0 ? .current(amperes) : .off))
            lanes[id]?.ended(order, isCarriedOut: true)
            if outcome.told.map({ $0 > amperes }) ?? false {
                await control.addAlarm("\(id): follows \(outcome.told?.description ?? "?") A, its master allows less")
            }
        } catch .superseded {
            lanes[id]?.ended(order, isCarriedOut: false)
        } catch {
            lanes[id]?.ended(order, isCarriedOut: false)
            await control.addAlarm("\(id): does not follow what its master orders: \(error)")
        }
        signal.yield()
    }

    /// Carries out what a master asked of a box, one after the other.
    private func carry(_ request: WallboxRequest, _ id: String, _ states: [DeviceState]) async {
        let charging = states.first { $0.entry.id == id }?.description?.charging
        guard let command = command(request, charging), let device = await board.device(id) else { return }
        let before = chains[id]
        chains[id] = Task { [control] in
            await before?.value
            if let admission = await control.admission(of: id), !admission.mayRaise {
                await control.addAlarm("\(id): its master asked for \(request.words), but \(admission)")
                return
            }
            do throws(DriverError) {
                _ = try await device.apply(command)
            } catch {
                await control.addAlarm("\(id): its master asked for \(request.words), which failed: \(error)")
            }
        }
    }

    /// The fail-safe goes on to the box only where the host does not plan it.
    private func command(_ request: WallboxRequest, _ charging: ChargingAbility?) -> Command? {
        switch request {
        case .wakeUp: return .wakeUp
        case .phases(let count): return site.mode == .manage ? nil : .phases(count == 1 ? .one : .three)
        case .failSafeTimeout(let seconds):
            guard site.mode != .manage, seconds > 0, let settings = charging?.failSafe, let point = settings.timeout
            else { return nil }
            var value = Exact(Int(seconds))
            if let range = settings.timeouts { value = min(max(value, range.lowerBound), range.upperBound) }
            return .set(point: point, value: .number(value))
        case .failSafeCurrent(let tenths):
            guard site.mode != .manage, let settings = charging?.failSafe, let point = settings.current,
                let amperes = Exact(Int128(tenths), over: 10)
            else { return nil }
            return .set(point: point, value: .number(max(amperes, settings.leastCurrent)))
        }
    }
}

extension WallboxRequest {
    /// For people.
    fileprivate var words: String {
        switch self {
        case .wakeUp: "a wake-up"
        case .phases(let count): "\(count == 1 ? "one phase" : "three phases")"
        case .failSafeTimeout(let seconds): "a fail-safe after \(seconds) s"
        case .failSafeCurrent(let tenths): "a fail-safe of \(Double(tenths) / 10) A"
        }
    }
}
