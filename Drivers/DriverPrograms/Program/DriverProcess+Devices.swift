import DriverAPI

extension DriverProcess {
    /// Takes a device, which is opened once the driver works; the token tells it from others of the same id.
    func add(
        _ device: DeviceConfiguration, context: DriverContext, report: AsyncStream<DeviceUpdate>.Continuation
    ) throws(DriverError) -> Int {
        let token: Int? = state.withLock { state in
            guard state.slots[device.id] == nil else { return nil }
            state.lastID += 1
            state.slots[device.id] = ProgramState.Slot(
                token: state.lastID, configuration: device, context: context, report: report)
            return state.lastID
        }
        guard let token else { throw .configuration("the device \(device.id) is open in the driver \(manifest.name)") }
        report.yield(.link(.connecting))
        open(device.id)
        return token
    }

    /// Forgets a device; its reports end. False when it was forgotten before.
    @discardableResult
    func remove(_ id: String, _ token: Int) -> Bool {
        let slot = state.withLock { state in
            state.slots[id]?.token == token ? state.slots.removeValue(forKey: id) : nil
        }
        slot?.report.finish()
        return slot != nil
    }

    /// Forgets a device that was let go without being closed; the driver leaves it as it is.
    func abandon(_ id: String, _ token: Int) {
        guard remove(id, token) else { return }
        post("close", ["device": .string(id), "policy": .string(LeavePolicy.leave.rawValue)], limit: timing.close) {
            _ in
        }
    }

    /// Asks the driver to open all devices, at the begin of a life.
    func openAll() {
        for id in state.withLock({ $0.slots.keys.sorted() }) { open(id) }
    }

    /// Asks the driver to open a device.
    func open(_ id: String) {
        let configuration = state.withLock { state in
            state.slots[id]?.openAgain = nil
            return state.obstacle == nil ? state.slots[id]?.configuration : nil
        }
        guard let configuration else { return }
        post("open", configuration.json, limit: timing.question) { [weak self] in self?.opened(id, $0) }
    }

    private func opened(_ id: String, _ answer: Result<JSON, RPCFailure>) {
        switch answer {
        case .success(let result):
            let poll = (try? WireFields(result, at: "open"))?["poll_s"]?.number.flatMap(Duration.init(seconds:))
            let interval = poll.map { min(max($0, .milliseconds(100)), .seconds(3600)) }
            state.withLock { state in
                state.slots[id]?.isOpen = true
                state.slots[id]?.interval = interval
                state.slots[id]?.nextPoll = interval == nil ? nil : now
            }
        case .failure(let failure):
            let again = now.advanced(by: timing.openAgain)
            state.withLock { $0.slots[id]?.openAgain = again }
            report(.link(.silent(since: now, reason: "it cannot be opened: \(failure.driverError)")), of: id)
        }
        wake()
    }

    /// Does what is due for devices; when the next is.
    func serveDevices() -> MonotonicTime? {
        let now = now
        var next: MonotonicTime?
        var toOpen: [String] = []
        var toPoll: [String] = []
        state.withLock { state in
            guard state.obstacle == nil else { return }
            for (id, slot) in state.slots {
                for (due, isPoll) in [(slot.openAgain, false), (slot.nextPoll, true)] {
                    guard let due else { continue }
                    if due > now {
                        next = min(next ?? due, due)
                    } else if isPoll {
                        state.slots[id]?.nextPoll = nil
                        toPoll.append(id)
                    } else {
                        toOpen.append(id)
                    }
                }
            }
        }
        for id in toOpen { open(id) }
        for id in toPoll {
            post("read", ["device": .string(id)], limit: timing.question) { [weak self] in self?.polled(id, at: now, $0)
            }
        }
        return next
    }

    private func polled(_ id: String, at began: MonotonicTime, _ answer: Result<JSON, RPCFailure>) {
        state.withLock { state in
            guard let interval = state.slots[id]?.interval else { return }
            state.slots[id]?.nextPoll = max(began.advanced(by: interval), now)
        }
        wake()
        switch answer {
        case .failure(let failure): report(.link(.silent(since: now, reason: "\(failure.driverError)")), of: id)
        case .success(let json):
            do throws(WireFault) {
                let readings = try readings(json)
                report(.link(.online), of: id)
                report(.readings(readings), of: id)
            } catch {
                complain("the answer to read: \(error)")
                report(.link(.silent(since: now, reason: "its driver answers nonsense: \(error)")), of: id)
            }
        }
    }

    /// The readings of an answer to `read`.
    func readings(_ json: JSON) throws(WireFault) -> [Reading] {
        guard let list = try WireFields(json, at: "read").list("readings") else {
            throw .missing("read.readings", expected: "a list of readings")
        }
        return try Reading.list(list, at: "read.readings", now: now)
    }

    /// Passes a report on. A link that is as before is not told again; what was read or told means that frames left.
    func report(_ update: DeviceUpdate, of id: String) {
        let now = now
        let continuation = state.withLock { state -> AsyncStream<DeviceUpdate>.Continuation? in
            guard let slot = state.slots[id] else { return nil }
            if case .link(let link) = update {
                if case .silent(_, let reason) = link, case .silent(_, reason) = slot.link { return nil }
                if link == slot.link { return nil }
                state.slots[id]?.link = link
            }
            return slot.report
        }
        guard let continuation else { return }
        // The box may have heard of its driver until now, so it may fall back no earlier than counted from now.
        switch update {
        case .readings, .deviates: continuation.yield(.frame(now))
        case .link(.silent): continuation.yield(.frame(now))
        case .link, .described, .frame, .alarm: break
        }
        continuation.yield(update)
    }

    /// The driver has ended: what was asked fails, all devices are silent.
    func fallSilent(_ reason: String) {
        let now = now
        let (questions, slots) = state.withLock { state in
            state.obstacle = reason
            state.isAlive = false
            state.pid = nil
            state.outgoing = []
            defer {
                state.questions = [:]
                for id in state.slots.keys {
                    state.slots[id]?.isOpen = false
                    state.slots[id]?.openAgain = nil
                    state.slots[id]?.nextPoll = nil
                    state.slots[id]?.interval = nil
                }
            }
            return (Array(state.questions.values), Array(state.slots.keys))
        }
        let text = "the driver \(manifest.name) does not work: \(reason)"
        for question in questions { question.complete(.failure(RPCFailure(DriverError.unreachable(text)))) }
        for id in slots { report(.link(.silent(since: now, reason: text)), of: id) }
    }

    /// Tells the driver and the log what was wrong with a message.
    func complain(_ text: String) {
        tell(.notification(method: "fault", params: ["text": .string(text)]))
        log(.warning, text)
    }
}
