extension DriverSession {
    /// The answer to a question of the host.
    func result(_ method: String, _ params: JSON) async throws(RPCFailure) -> JSON {
        let answer: Answer?
        do throws(WireFault) {
            answer = try await self.answer(method, WireFields(params, at: "params"))
        } catch {
            throw .badParameters(error)
        }
        guard let answer else { throw .unknownMethod(method) }
        return try answer.get()
    }

    /// The answer to a question; nil where there is no such method.
    private func answer(_ method: String, _ fields: WireFields) async throws(WireFault) -> Answer? {
        switch method {
        case "ping": return .success([:])
        case "describe":
            return .success([
                "api": .number(Exact(Self.api)), "name": .string(program.name), "version": .string(program.version),
            ])
        case "open": return await open(try DeviceConfiguration(fields))
        case "read": return await read(try fields.neededText("device"), points: try fields.texts("points"))
        case "command":
            let command = try Command(fields.needed("command", "what to do"), at: "params.command")
            let isAnew = try fields.bool("anew") ?? false
            return await apply(command, to: try fields.neededText("device"), isAnew: isAnew)
        case "identify": return identity(of: try fields.neededText("device"))
        case "scan": return await scan(try ScanRequest(fields))
        case "close":
            let policy = try fields.word("policy", LeavePolicy.self) ?? .asConfigured
            return await close(try fields.neededText("device"), policy)
        default: return nil
        }
    }

    private typealias Answer = Result<JSON, RPCFailure>

    private func open(_ device: DeviceConfiguration) async -> Answer {
        guard state.withLock({ $0.devices[device.id] == nil }) else {
            return .failure(RPCFailure(DriverError.configuration("the device \(device.id) is open")))
        }
        let context = DriverContext(
            clock: clock, store: HostStore(session: self, device: device.id),
            log: { [weak self] level, text in self?.log(level, text, device: device.id) })
        do throws(DriverError) {
            let opened = try await program.open(device, context: context)
            let updates = opened.updates
            let pump = Task { [self] in
                for await update in updates {
                    if case .described(let description) = update {
                        state.withLock { $0.identities[device.id] = description.identity }
                    }
                    wire.send(update.notification(of: device.id, now: clock.now))
                }
            }
            let isLate = state.withLock { state in
                guard !state.hasEnded, state.devices[device.id] == nil else { return true }
                state.devices[device.id] = OpenDevice(device: opened, pump: pump)
                return false
            }
            if isLate {
                await opened.close(.leave)
                throw .closed
            }
            return .success([:])
        } catch {
            return .failure(RPCFailure(error))
        }
    }

    private func read(_ id: String, points: [String]?) async -> Answer {
        await answer(id) { device throws(DriverError) in
            let readings = try await device.read(points)
            let now = self.clock.now
            return ["readings": .array(readings.map { $0.json(now: now) })]
        }
    }

    private func apply(_ command: Command, to id: String, isAnew: Bool) async -> Answer {
        await answer(id) { device throws(DriverError) in
            let outcome = isAnew ? try await device.applyAnew(command) : try await device.apply(command)
            return outcome.json
        }
    }

    /// What the device last said of itself.
    private func identity(of id: String) -> Answer {
        let (isOpen, identity) = state.withLock { ($0.devices[id] != nil, $0.identities[id]) }
        guard isOpen else { return .failure(Self.notOpen(id)) }
        guard let identity else {
            return .failure(RPCFailure(DriverError.unreachable("the device has not said yet what it is")))
        }
        return .success(["identity": .object(identity.mapValues(JSON.string))])
    }

    private static func notOpen(_ id: String) -> RPCFailure {
        RPCFailure(DriverError.configuration("no device \(id.prefix(60)) is open"))
    }

    private func scan(_ request: ScanRequest) async -> Answer {
        do throws(DriverError) {
            return .success(["found": .array(try await program.scan(request).map(\.json))])
        } catch {
            return .failure(RPCFailure(error))
        }
    }

    private func close(_ id: String, _ policy: LeavePolicy) async -> Answer {
        let open = state.withLock { state in
            state.identities[id] = nil
            return state.devices.removeValue(forKey: id)
        }
        guard let open else { return .success([:]) }
        await open.device.close(policy)
        // What it reported until then leaves before the answer.
        await open.pump.value
        return .success([:])
    }

    private func answer(
        _ id: String, _ body: (any Device) async throws(DriverError) -> JSON
    ) async -> Answer {
        guard let open = state.withLock({ $0.devices[id] }) else {
            return .failure(Self.notOpen(id))
        }
        do throws(DriverError) {
            return .success(try await body(open.device))
        } catch {
            return .failure(RPCFailure(error))
        }
    }
}
