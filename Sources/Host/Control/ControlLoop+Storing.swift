import DriverAPI
import LoadManagement

extension ControlLoop {
    /// So old a raise may be when its booking is stored; an older one is decided anew.
    private static let freshness = Duration.seconds(2)
    /// A store that has not answered for so long is an alarm.
    private static let patience = Duration.seconds(10)

    /// Stores what a restarted host must know; one write at a time, so that the newest state is the one that stays.
    func storeWhatChanged(_ now: MonotonicTime) {
        if let since = writingSince {
            guard since.duration(to: now) >= Self.patience else { return }
            let seconds = Int(since.duration(to: now).inSeconds)
            alarms.add(
                "nothing is raised: the database has not answered for \(seconds) s; look after the disk",
                matter: "store", at: now)
            return
        }
        let bookings = memory.bookings.filter { box, booking in
            record.needs(booking, raiseWaits: waiting.contains { $0.order.box == box })
        }
        let removed = record.stored(beside: memory.bookings)
        guard !bookings.isEmpty || !removed.isEmpty else { return }
        writingSince = now
        writer = Task { await write(bookings, removed) }
    }

    /// Books and stores what boxes are told by their drivers when the host leaves, in mA, after the last tick.
    ///
    /// Throws what the store throws; then nothing may be told them.
    func bookLeaving(_ limits: [String: Int]) async throws {
        await writer?.value
        var changed: [String: BoxBooking] = [:]
        for (box, limit) in limits {
            guard var booking = memory.bookings[box] else { continue }
            let value = min(limit, booking.setup.ability.rated)
            let number = booking.order(value, terminals: booking.setup.ability.terminals)
            booking.apply(.sent(number: number, at: clock.now.nanoseconds, connection: 0))
            changed[box] = booking
        }
        guard !changed.isEmpty else { return }
        try await told.store(changed)
    }

    /// What every box is told when the host leaves, in A: less than it follows now, or as much; 0 stops it.
    func leavingOrders(stops: Bool) -> [(box: String, amperes: Exact)] {
        memory.bookings.sorted { $0.key < $1.key }.compactMap { box, booking in
            guard let told = booking.lastTold?.value, told > 0 else { return nil }
            let ability = booking.setup.ability
            let fallback = stops ? 0 : ability.watchdog?.fallback ?? 0
            let value = fallback < ability.minimum ? 0 : min(told, fallback)
            return Exact(Int128(value), over: 1000).map { (box, $0) }
        }
    }

    private func write(_ bookings: [String: BoxBooking], _ removed: [String]) async {
        do {
            if !bookings.isEmpty { try await told.store(bookings) }
            record.note(bookings, removed: [])
            if !removed.isEmpty { try await told.remove(removed) }
            record.note([:], removed: removed)
            alarms.remove(matter: "store")
        } catch {
            withdraw { _ in true }
            alarms.add(
                "nothing is raised: what boxes are told cannot be stored: \(error)", matter: "store", at: clock.now)
        }
        writingSince = nil
        sendStored(clock.now)
    }

    /// Raises whose booking is stored leave, unless the site has changed meanwhile.
    private func sendStored(_ now: MonotonicTime) {
        let stored = waiting.filter { record.covers($0.order) }
        for entry in stored where entry.since.duration(to: now) <= Self.freshness {
            guard let booking = memory.bookings[entry.order.box], booking.lastOrder == entry.order.number,
                !booking.isSilent(at: now.nanoseconds)
            else { continue }
            waiting.removeAll { $0.order.number == entry.order.number && $0.order.box == entry.order.box }
            dispatch(entry.order, now)
        }
        withdraw { record.covers($0.order) }
    }

    /// Takes back orders that have not left.
    func withdraw(_ isMeant: (WaitingOrder) -> Bool) {
        for entry in waiting where isMeant(entry) {
            memory.apply(.withdrawn(number: entry.order.number), to: entry.order.box)
        }
        waiting.removeAll(where: isMeant)
    }
}
