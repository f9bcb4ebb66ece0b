import DriverAPI
import Network
import OCPP

extension SlaveHub {
    /// Listens at these places; when it returns, slaves can connect. Throws `NetworkError`; then nothing listens that this
    /// call opened.
    public func listen(_ places: SlaveListeners, on loop: NetworkLoop) async throws(NetworkError) {
        var opened: [NetworkListener] = []
        do throws(NetworkError) {
            if let json = places.json {
                var policy = ListenerPolicy.boxes
                policy.maximumConnections = places.maximumConnections
                policy.maximumConnectionsPerPeer = places.maximumPerPeer
                opened.append(
                    try loop.listen(on: json, policy: policy, tls: places.tls) { [weak self] request in
                        await self?.greet(request) ?? .text("stopping\n", .serviceUnavailable)
                    })
            }
            if let binary = places.binary {
                let idle = Duration.seconds(2 * settings.heartbeatInterval + 60)
                opened.append(
                    try loop.listenForStreams(
                        on: binary, maximumConnections: places.maximumConnections,
                        maximumPerPeer: places.maximumPerPeer, tls: places.tls,
                        options: StreamOptions(idleTimeout: idle)
                    ) { [weak self] stream in await self?.serve(stream) })
            }
        } catch {
            for listener in opened { await listener.close() }
            throw error
        }
        withState { $0.listeners += opened }
    }

    /// Where it listens, with the real ports where 0 was asked for, in the order of ``listen(_:on:)``.
    public var addresses: [ListenAddress] { withState { $0.listeners.map(\.address) } }

    /// Closes the places where it listens; connections that came in there end. ``listen(_:on:)`` may follow.
    public func stopListening() async {
        let listeners = withState { state in
            defer { state.listeners = [] }
            return state.listeners
        }
        for listener in listeners { await listener.close() }
    }

    /// Ends everything for good: listeners, connections, and what is known of slaves.
    public func stop() async {
        let slaves = withState { state in
            defer { state.slaves = [:] }
            state.isStopped = true
            return Array(state.slaves.values)
        }
        for slave in slaves { await slave.drop("the master stops") }
        await stopListening()
    }

    /// Judges who connects with this id; whether it proves that it is who it says is judged next.
    func admit(_ id: ChargePointID) async -> Result<(slave: KnownSlave, isNew: Bool), RefusalReason> {
        let known = await uplink.known(id)
        let (isOpen, others) = withState { ($0.settings.isPairingOpen, Array($0.slaves.keys)) }
        // Only ids with a connector of the station can collide.
        var present: [ChargePointID] = []
        for other in others where id.description.contains("#") && other.description.contains("#") {
            if await existing(other)?.counts ?? false { present.append(other) }
        }
        switch SlaveAdmission(id, isKnown: known != nil, isPairingOpen: isOpen, others: present) {
        case .refused(let reason): return .failure(RefusalReason(text: reason))
        case .admitted(let isNew): return .success((known ?? KnownSlave(isConfigured: false), isNew))
        }
    }

    /// Remembers a new slave that was let in. Throws the reason where that fails.
    func enrol(_ id: ChargePointID, peer: String) async throws(RefusalReason) -> KnownSlave {
        do throws(UplinkFailure) {
            try await uplink.remember(id)
        } catch {
            throw RefusalReason(text: "\(id) cannot be remembered: \(error)")
        }
        log(.info, "\(id) is new and was remembered (\(peer))")
        return await uplink.known(id) ?? KnownSlave(isConfigured: false)
    }

    /// Tells that somebody was turned away, once until the reason changes.
    func refuse(_ name: String, _ id: ChargePointID?, _ reason: String, peer: String) async {
        guard withState({ $0.notes.isNew(name, reason) }) else { return }
        log(.warning, "\(peer) was turned away: \(reason)")
        if let id { await uplink.happened(.refused(reason: reason, peer: peer), at: id) }
    }

    /// Serves an admitted connection; `read` takes what comes and returns when it ends.
    func run(
        _ wire: any SlaveWire, _ id: ChargePointID, _ known: KnownSlave,
        read: @escaping @Sendable (SlaveLink) async -> Void
    ) async {
        let slave: Slave? = withState { state in
            guard !state.isStopped else { return nil }
            state.notes.forget(id.description)
            if let slave = state.slaves[id] { return slave }
            let slave = Slave(id, hub: self)
            state.slaves[id] = slave
            return slave
        }
        guard let slave else { return wire.close("the master stops") }
        let link = SlaveLink(wire, clock: clock, timeout: settings.callTimeout, log: log)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await slave.serve(link, known) }
            await read(link)
            await link.end()
        }
    }
}

/// Why somebody is turned away, for people.
struct RefusalReason: Error, Hashable {
    let text: String
}

extension Slave {
    /// Whether its number counts when another one comes: it is a device of the site, or connected.
    var counts: Bool { link != nil || !engines.isEmpty }
}
