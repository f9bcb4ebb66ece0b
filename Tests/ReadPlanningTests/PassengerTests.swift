import Testing

@testable import ReadPlanning

@Suite struct PassengerTests {
    private let planner = ReadPlanner(line: .serial(9600, .none), latency: .milliseconds(30))

    private func soon(_ item: PlanItem) -> Passenger { Passenger(item, dueIn: .zero, period: .seconds(60)) }

    private func round(_ due: [PlanItem], _ passengers: [PlanItem]) -> PlannedRound {
        planner.plan(due, passengers: passengers.map(soon))
    }

    @Test func aPointInsideABridgedGapRidesForNothing() {
        let round = round([point(0x34), point(0x46)], [point(0x3C)])
        #expect(round.plan.description == "03 0x0034+20")
        #expect(round.passengers == [point(0x3C)])
        #expect(round.plan.entries[0].items.contains(point(0x3C)))
    }

    /// 26 registers more take 54.2 ms, 27 take 56.3 ms; a request of two registers takes 55.0 ms.
    @Test func aPointRidesAlongWhileItAddsLessThanItsOwnRequest() {
        #expect(round([point(0)], [point(26)]).plan.description == "03 0x0000+28")
        #expect(round([point(0)], [point(27)]).passengers.isEmpty)
        #expect(round([point(0)], [point(27)]).plan.description == "03 0x0000+2")
    }

    /// Together they would take 59.2 ms later; 28 registers more take 58.3 ms, 29 take 60.4 ms.
    @Test func pointsThatWouldShareARequestAreWeighedTogether() {
        #expect(round([point(0)], [point(26), point(28)]).plan.description == "03 0x0000+30")
        #expect(round([point(0)], [point(27), point(29)]).passengers.isEmpty)
    }

    /// The request of the due group is full with 105 registers; a second one for the last point saves nothing.
    @Test func thoseWhoFitRideAndThoseWhoDoNotStay() {
        var planner = planner
        planner.constraints.maxRead = [.holding: 110]
        let round = planner.plan([point(0, 100)], passengers: [soon(point(103)), soon(point(120))])
        #expect(round.passengers == [point(103)])
        #expect(round.plan.description == "03 0x0000+105")
    }

    @Test func textThatTakesSeveralRequestsDoesNotRide() {
        var planner = planner
        planner.constraints.maxRead = [.holding: 10]
        #expect(planner.plan([point(0)], passengers: [soon(point(2, 12, divisible: true))]).passengers.isEmpty)
    }

    @Test func onlyWhatIsDueWithinHalfItsPeriodRides() {
        func passengers(dueIn: Duration) -> [PlanItem] {
            let passenger = Passenger(point(2), dueIn: dueIn, period: .seconds(60))
            return planner.plan([point(0)], passengers: [passenger]).passengers
        }
        #expect(passengers(dueIn: .seconds(30)) == [point(2)])
        #expect(passengers(dueIn: .seconds(31)).isEmpty)
        #expect(passengers(dueIn: .seconds(-5)) == [point(2)])
    }

    @Test func nobodyRidesInAnotherTableOrUnitOrBeyondALimit() {
        #expect(round([point(0)], [point(2, 2, .input), point(2, unit: 7)]).passengers.isEmpty)
        var short = planner
        short.constraints.maxRead = [.holding: 3]
        #expect(short.plan([point(0)], passengers: [soon(point(2))]).passengers.isEmpty)
        var never = planner
        never.constraints.merging = false
        #expect(never.plan([point(0)], passengers: [soon(point(2))]).passengers.isEmpty)
    }

    @Test func aPassengerThatCanNotBeReadIsNoProblemOfTheRound() {
        var narrow = planner
        narrow.constraints.readable = [.holding: [0...3]]
        let round = narrow.plan([point(0), point(9)], passengers: [soon(point(4))])
        #expect(round.passengers.isEmpty)
        #expect(round.problems.map(\.points) == [["at9"]])
    }

    @Test func whatIsDueAnywayIsNoPassenger() {
        #expect(round([point(0)], [point(0)]).passengers.isEmpty)
    }

    @Test func passengersNeverKeepTheLineBusyForLonger() {
        var boarded = 0
        for seed in 30_000..<UInt64(30_500) {
            let random = RandomCase(seed: seed)
            let half = random.items.count / 2
            let due = Array(random.items[..<half])
            let slower = Array(random.items[half...]).filter { $0.atomic == nil }
            let round = random.planner.plan(due, passengers: slower.map(soon))
            let rest = slower.filter { !round.passengers.contains($0) }
            let together = round.plan.time + random.planner.plan(rest).plan.time
            let apart = random.planner.plan(due).plan.time + random.planner.plan(slower).plan.time
            #expect(together <= apart, "seed \(seed)")
            boarded += round.passengers.isEmpty ? 0 : 1
        }
        #expect(boarded > 150)
    }
}
