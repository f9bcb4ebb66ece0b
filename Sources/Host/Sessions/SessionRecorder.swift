import DriverAPI
import OCPP
import Storage

/// Keeps the book of charging sessions of boxes that no station of OCPP has: from the first current to the unplugging.
///
/// A session that a host was killed in goes on with the next host. A box without an energy register has no sessions.
actor SessionRecorder {
    private let storage: SiteStorage
    private let clock: any SiteClock
    private let log: HostLog
    private let readNow: @Sendable (_ device: String, _ point: String) async -> Void
    private let states: AsyncStream<[DeviceState]>
    private nonisolated let feed: AsyncStream<[DeviceState]>.Continuation

    private var open: [String: Int64]?
    private var numbers: [String: Int] = [:]
    private var refresh = MeterRefresh()
    private var said = ""

    /// A recorder that has not begun; `readNow` reads a point of a device out of turn.
    init(
        storage: SiteStorage, clock: any SiteClock, log: HostLog,
        readNow: @escaping @Sendable (_ device: String, _ point: String) async -> Void
    ) {
        self.storage = storage
        self.clock = clock
        self.log = log
        self.readNow = readNow
        (states, feed) = AsyncStream.makeStream(of: [DeviceState].self, bufferingPolicy: .bufferingNewest(1))
    }

    /// The devices as they are now, once a tick; returns at once.
    nonisolated func note(_ states: [DeviceState]) { feed.yield(states) }

    /// Records until the task is cancelled; `others` says which boxes a station has.
    func run(others: @escaping @Sendable () -> Set<String>) async {
        for await states in states { await take(states, others: others()) }
    }

    /// What follows from what the boxes show.
    func take(_ states: [DeviceState], others: Set<String>) async {
        do throws(StorageError) {
            var open = try await sessions()
            for box in states where box.deviceClass == .wallbox {
                let id = box.entry.id
                let meter = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == id }
                guard case .online = box.link, case .success(let reading)? = BoxReader.reading(box, meter: meter),
                    let pilot = reading.pilot, isTold(box, meter, pilot, hasSession: open[id] != nil),
                    let energy = reading.energy
                else { continue }
                if let session = open[id], pilot == .a {
                    try await storage.endSession(session, meter: energy, reason: StopReason.evDisconnected.rawValue)
                    open[id] = nil
                } else if open[id] == nil, pilot == .c || pilot == .d, box.isInUse, !others.contains(id) {
                    open[id] = try await storage.beginSession(box: id, card: box.text("rfid_tag"), meter: energy)
                }
            }
            self.open = open
            said = ""
        } catch {
            if said != error.description { log.write(.error, "sessions cannot be stored: \(error)") }
            said = error.description
        }
    }

    /// Whether the reading counts, or the meter is read first.
    private func isTold(_ box: DeviceState, _ meter: DeviceState?, _ pilot: PilotState, hasSession: Bool) -> Bool {
        guard let register = BoxReader.register(box, meter) else { return false }
        let number = numbers[box.entry.id] ?? numbers.count
        numbers[box.entry.id] = number
        let verdict = refresh.verdict(
            number, pilot, energyAt: register.time, hasTransaction: false, at: clock.now)
        if verdict == .readFirst {
            Task {
                await readNow(meter?.entry.id ?? box.entry.id, register.point)
                refresh.ended(number)
            }
        }
        return verdict == .tell || verdict == .tellAndRead
    }

    private func sessions() async throws(StorageError) -> [String: Int64] {
        if let open { return open }
        let stored = try await storage.openSessions().filter { $0.transaction == nil }
        return Dictionary(stored.map { ($0.box, $0.id) }) { _, last in last }
    }
}
