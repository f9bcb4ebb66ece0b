import OCPP
import Testing

/// A station with a queue that stores at once, and everything it wanted done.
struct TestStation {
    var station: Station
    var elapsed: Duration = .zero
    var storesAtOnce = true
    var isClockSet = true
    private(set) var calls: [StationCall] = []
    private(set) var answers: [String: any Payload] = [:]
    private(set) var refusals: [String: CallError] = [:]
    private(set) var queue: [StationAppend] = []
    private(set) var slaveCalls: [SlaveCall] = []
    private(set) var notices: [StationNotice] = []
    private(set) var stored: [StoredChange] = []
    private(set) var effects: [StationEffect] = []
    private var nextTransaction: Int

    /// 2026-11-21T08:30:00Z.
    static let start = Timestamp(seconds: 1_795_249_800)
    static let boot = BootNotificationRequest(chargePointVendor: "Vendor", chargePointModel: "Model")

    init(
        _ connectors: [StationConnector] = [TestStation.box(1), TestStation.box(2)],
        memory: StationMemory = StationMemory(), firstTransaction: Int = 100, isClockSet: Bool = true,
        startsAt: Timestamp = TestStation.start, securityProfiles: Set<Int> = [0, 1], isGoverned: Bool = false
    ) {
        self.isClockSet = isClockSet
        begin = startsAt
        nextTransaction = firstTransaction
        station = Station(
            StationConfiguration(
                boot: TestStation.boot, connectors: connectors, securityProfiles: securityProfiles,
                isGoverned: isGoverned),
            memory: memory, at: StationTime(elapsed: .zero, wall: startsAt, isSet: isClockSet))
    }

    /// What the machine's clock said at the beginning.
    var begin: Timestamp

    static func box(
        _ number: Int, fixedCable: Bool = true, canUnlock: Bool = false, hasMeter: Bool = true, phases: Int = 3
    ) -> StationConnector {
        let equipment = BoxEquipment(hasFixedCable: fixedCable, canUnlock: canUnlock, hasMeter: hasMeter)
        return StationConnector(number: number, kind: .box(equipment), maximum: 32, phases: phases)
    }

    static func slave(_ number: Int) -> StationConnector { StationConnector(number: number, kind: .slave) }

    var moment: StationTime {
        StationTime(
            elapsed: elapsed, wall: Timestamp(milliseconds: begin.milliseconds + Int(elapsed / .milliseconds(1))),
            isSet: isClockSet)
    }

    /// The station's time.
    var now: Timestamp { station.timestamp(at: moment) }

    @discardableResult
    mutating func give(_ input: StationInput) -> [StationEffect] {
        let new = station.handle(input, at: moment)
        effects += new
        for effect in new { note(effect) }
        guard storesAtOnce else { return new }
        for case .append(let append) in new { store(append) }
        return new
    }

    mutating func store(_ append: StationAppend) {
        switch append.message {
        case .start(let request):
            nextTransaction += 1
            give(.appended(token: append.token, transaction: nextTransaction, start: request.timestamp))
        case .meterValues(let request, _):
            give(.appended(token: append.token, transaction: request.transactionId ?? 0, start: nil))
        case .stop(let request, _):
            give(.appended(token: append.token, transaction: request.transactionId, start: nil))
        }
    }

    private mutating func note(_ effect: StationEffect) {
        switch effect {
        case .call(let call): calls.append(call)
        case .answer(let id, let payload): answers[id] = payload
        case .refuse(let id, let error): refusals[id] = error
        case .append(let append): queue.append(append)
        case .toSlave(let call): slaveCalls.append(call)
        case .notice(let notice): notices.append(notice)
        case .store(let change): stored.append(change)
        default: break
        }
    }

    /// Lets time pass, and gives the station a tick whenever it wants one.
    mutating func pass(_ time: Duration) {
        let end = elapsed + time
        var ticks = 0
        while let next = station.nextDeadline, next <= end, ticks < 10_000 {
            elapsed = max(elapsed, next)
            give(.tick)
            ticks += 1
        }
        #expect(ticks < 10_000, "the station wants a tick again and again without getting on")
        elapsed = end
        give(.tick)
    }

    mutating func forgetAll() {
        calls = []
        answers = [:]
        refusals = [:]
        queue = []
        slaveCalls = []
        notices = []
        stored = []
        effects = []
    }
}
