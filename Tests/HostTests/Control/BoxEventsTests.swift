import DriverAPI
import LoadManagement
import Testing

@testable import Host

/// What devices report, as the booking understands it.
@Suite struct BoxEventsTests {
    private let now = MonotonicTime(seconds: 100)

    private func state(
        _ readings: [(String, Value)], at time: MonotonicTime? = nil, rotation: String = "123",
        points: Set<String> = ["current_limit"]
    ) -> DeviceState {
        var state = DeviceState(
            entry: SiteDevice(id: "a", profile: "p", address: "10.0.0.1", rotation: rotation), title: "",
            deviceClass: .wallbox)
        state.link = .online
        state.connections = 1
        state.description = DeviceDescription(deviceClass: .wallbox, points: points)
        for (point, value) in readings {
            state.readings[point] = Reading(point: point, value: value, quality: .good, time: time ?? now)
        }
        return state
    }

    private func report(_ outcome: DispatchReport.Outcome, asked: Int = 10_000) -> DispatchReport {
        DispatchReport(
            dispatch: Dispatch(box: "a", number: 7, milliamperes: asked), outcome: outcome, time: now)
    }

    private func events(_ outcome: DispatchReport.Outcome, _ state: DeviceState?) -> [BookingEvent] {
        var events = BoxEvents()
        return events.events(report(outcome), state: state)
    }

    private var at: Moment { now.nanoseconds }

    // MARK: Orders

    @Test func anOrderReadBackIsConfirmed() {
        let outcome = CommandOutcome(told: 10, frames: ["06"], verified: true)
        #expect(
            events(.done(outcome), state([("current_limit", .number(16))]))
                == [.answered(number: 7, at: at), .readBack(10_000, at: at, connection: 0)])
    }

    @Test func aDriverThatToldMoreThanAskedIsTakenAtItsWord() {
        let outcome = CommandOutcome(told: 13, frames: ["06"], verified: true)
        #expect(
            events(.done(outcome), state([("current_limit", .number(13))]))
                == [.answered(number: 7, at: at), .readBack(13_000, at: at, connection: 0)])
    }

    @Test func aDriverThatSentNothingProvesNothingAgainstTheRegister() {
        let outcome = CommandOutcome(told: 10, frames: [], verified: true)
        #expect(
            events(.done(outcome), state([("current_limit", .number(32))])) == [.answered(number: 7, at: at)])
        #expect(
            events(.done(outcome), state([("current_limit", .number(10))]))
                == [.answered(number: 7, at: at), .readBack(10_000, at: at, connection: 0)])
    }

    @Test func aBoxGovernedByPowerIsConfirmedByItsDriver() {
        // 6900 W on three phases at 230 V are the 10 A asked for; the number is no current.
        let outcome = CommandOutcome(told: 6900, frames: ["06"], verified: true)
        #expect(
            events(.done(outcome), state([("power_limit", .number(6900))], points: ["power_limit"]))
                == [.answered(number: 7, at: at), .readBack(10_000, at: at, connection: 0)])
    }

    @Test func whatWasNotReadBackIsOnlyAnswered() {
        let outcome = CommandOutcome(told: 10, frames: ["06"], verified: false)
        #expect(events(.done(outcome), state([("current_limit", .number(16))])) == [.answered(number: 7, at: at)])
        #expect(events(.notVerified("reads otherwise"), state([])) == [.answered(number: 7, at: at)])
    }

    @Test func theAcknowledgementIsAllThereIsOfASetPointThatCannotBeRead() {
        let outcome = CommandOutcome(told: 10, frames: ["06"], verified: false)
        #expect(
            events(.done(outcome), state([("state", .member("C"))]))
                == [.answered(number: 7, at: at), .readBack(10_000, at: at, connection: 0)])
    }

    @Test func nobodyKnowsWhatBecameOfAnOrderThatWasPassedBy() {
        // What is read later counts only if it was asked for after the failure: 2 s on the safe side.
        let later = at + 2_000_000_000
        #expect(events(.superseded, state([])) == [.unanswered(number: 7, at: later)])
        #expect(events(.unanswered("timeout"), state([])) == [.unanswered(number: 7, at: later)])
        #expect(events(.refused("exception 3"), state([])) == [.refused(number: 7, at: at)])
    }

    @Test(
        arguments: [
            (DriverError.superseded, DispatchReport.Outcome.superseded),
            (.unreachable("x"), .unanswered("x")), (.closed, .unanswered("the device was closed")),
            (.mismatch("x"), .unanswered("x")), (.storage("x"), .unanswered("x")),
            (.refusedByDevice("x"), .refused("x")), (.refused("x"), .refused("x")),
            (.unsupported("x"), .refused("x")), (.notVerified("x"), .notVerified("x")),
        ])
    func everyErrorOfADriverHasAMeaning(_ error: DriverError, _ outcome: DispatchReport.Outcome) {
        #expect(DispatchReport.Outcome(error) == outcome)
    }

    @Test func everyUnansweredOrderEndsAConnection() {
        var events = BoxEvents()
        _ = events.events(state([]), meter: nil, at: now)
        #expect(events.connection(of: "a") == 1)
        _ = events.events(report(.unanswered("timeout")), state: nil)
        #expect(events.connection(of: "a") == 2)
    }

    // MARK: Readings

    @Test func aBoxThatMayNotChargeFollowsNothing() {
        let state = state([("charging_allowed", .bool(false)), ("current_limit", .number(16))])
        #expect(state.readBack()?.amperes == 0)
    }

    @Test func aLimitAloneSaysNothingOfABoxWithASwitch() {
        var unknown = state([("current_limit", .number(16))], points: ["current_limit", "charging_allowed"])
        #expect(unknown.readBack() == nil)
        unknown.readings["charging_allowed"] = Reading(
            point: "charging_allowed", value: .bool(true), quality: .stale, time: now)
        #expect(unknown.readBack() == nil)
    }

    @Test func theOlderOfSwitchAndLimitDatesAReadBack() {
        var state = state([("charging_allowed", .bool(true)), ("current_limit", .number(16))])
        state.readings["charging_allowed"]?.time = MonotonicTime(seconds: 90)
        #expect(state.readBack()?.time == MonotonicTime(seconds: 90))
    }

    @Test func aReadingIsReportedOnce() {
        var events = BoxEvents()
        let state = state([("current_limit", .number(16))])
        #expect(
            events.events(state, meter: nil, at: now)
                == [.heard(at: at), .readBack(16_000, at: at, connection: 1)])
        #expect(events.events(state, meter: nil, at: now) == [])
    }

    @Test func aConnectionThatBrokeBetweenTwoTicksIsNoticed() {
        var events = BoxEvents()
        var state = state([])
        _ = events.events(state, meter: nil, at: now)
        state.connections = 2
        #expect(events.events(state, meter: nil, at: now) == [.lost(at: at)])
        #expect(events.connection(of: "a") == 2)
    }

    @Test func framesToASilentBoxAreReported() {
        var events = BoxEvents()
        var state = state([])
        _ = events.events(state, meter: nil, at: now)
        state.link = .silent(since: now, reason: "timeout")
        state.lastFrame = now
        #expect(events.events(state, meter: nil, at: now) == [.polled(at: at), .lost(at: at)])
    }

    @Test func theCarThatLeavesIsReported() {
        var events = BoxEvents()
        _ = events.events(state([("state", .member("C"))]), meter: nil, at: now)
        #expect(events.events(state([("state", .member("A"))]), meter: nil, at: now) == [.unplugged])
        #expect(events.events(state([("state", .member("A"))]), meter: nil, at: now) == [])
    }

    // MARK: Meters at boxes

    private func currents(_ l1: Int, _ l2: Int, _ l3: Int) -> [(String, Value)] {
        zip(["current.l1", "current.l2", "current.l3"], [l1, l2, l3]).map { ($0, .number(Exact($1))) }
    }

    @Test func anAttachedMeterIsTurnedToTheBoxesTerminals() {
        var events = BoxEvents()
        // The box's L1 lies on supply phase L2 (231); the meter is wired straight and shows 7 A on the supply's L2.
        let box = state([("state", .member("C"))], rotation: "231")
        let meter = state(currents(1, 7, 3))
        #expect(
            events.events(box, meter: meter, at: now).contains(.measured(PhaseCurrents(7000, 3000, 1000), at: at)))
    }

    @Test func aMeterWiredNobodyKnowsHowProvesNothing() {
        var events = BoxEvents()
        let box = state([("state", .member("C"))], rotation: "231")
        let meter = state(currents(1, 7, 3), rotation: "unknown")
        #expect(events.events(box, meter: meter, at: now) == [.heard(at: at)])
    }

    @Test func aMeterProvesNoLifeOfASilentBox() {
        var events = BoxEvents()
        let box = state([("state", .member("C"))])
        _ = events.events(box, meter: state(currents(6, 6, 6)), at: now)
        let later = MonotonicTime(seconds: 105)
        #expect(events.events(box, meter: state(currents(6, 6, 6), at: later), at: later) == [])
    }
}
