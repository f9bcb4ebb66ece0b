import LoadManagement
import Testing

/// Which phases a box is booked on.
struct PhaseBookingTests {
    @Test func unusedPhasesAreFreedAfterAMinuteOfSteadyCharging() {
        var box = charging(16_000, rotation: .r231)
        for time in 20...79 { box.apply(.measured(PhaseCurrents(15_800, 200, 0), at: seconds(Double(time)))) }
        #expect(box.current(at: seconds(79)) == PhaseCurrents(each: 16_000))
        box.apply(.measured(PhaseCurrents(15_800, 200, 0), at: seconds(80)))
        #expect(box.current(at: seconds(80)) == PhaseCurrents(0, 16_000, 0), "terminal L1 lies on supply phase L2")
    }

    @Test func moreThanOneAmpereOnAFreedPhaseBooksItAtOnce() {
        var box = onePhase()
        box.apply(.measured(PhaseCurrents(15_800, 1000, 0), at: seconds(91)))
        #expect(box.current(at: seconds(91)) == PhaseCurrents(16_000, 0, 0))
        box.apply(.measured(PhaseCurrents(15_800, 1001, 0), at: seconds(92)))
        #expect(box.current(at: seconds(92)) == PhaseCurrents(16_000, 16_000, 0))
    }

    @Test func aGapInTheMeasurementsStartsTheMinuteAnew() {
        var box = charging(16_000)
        for time in Array(20...70) + Array(82...141) {
            box.apply(.measured(PhaseCurrents(15_800, 0, 0), at: seconds(Double(time))))
        }
        #expect(box.current(at: seconds(141)) == PhaseCurrents(each: 16_000))
    }

    @Test func theNextCarIsBookedOnAllPhases() {
        var box = onePhase()
        box.apply(.unplugged)
        #expect(box.current(at: seconds(92)) == PhaseCurrents(each: 16_000))
    }

    @Test func whilePhasesAreSwitchedBothSetsAreBooked() {
        var box = charging(16_000)
        let number = box.order(10_000, terminals: PhaseSet(first: 1))
        box.apply(.sent(number: number, at: seconds(20), connection: 1))
        #expect(box.current(at: seconds(20)) == PhaseCurrents(each: 16_000))
        box.apply(.answered(number: number, at: seconds(21)))
        box.apply(.readBack(10_000, at: seconds(21), connection: 1))
        #expect(box.current(at: seconds(26)) == PhaseCurrents(10_000, 0, 0))
        let back = box.order(8000, terminals: .all)
        box.apply(.sent(number: back, at: seconds(30), connection: 1))
        #expect(box.current(at: seconds(30)) == PhaseCurrents(10_000, 8000, 8000))
    }

    @Test func anUnknownRotationIsBookedOnEveryPhase() {
        var box = charging(16_000, rotation: .unknown)
        for time in 20...90 { box.apply(.measured(PhaseCurrents(15_800, 0, 0), at: seconds(Double(time)))) }
        #expect(box.current(at: seconds(90)) == PhaseCurrents(each: 16_000))
        #expect(box.fixed(at: seconds(90), node: 0).total == 16_000, "it draws on one phase, whichever it is")
    }

    private func onePhase() -> BoxBooking {
        var box = charging(16_000)
        for time in 20...90 { box.apply(.measured(PhaseCurrents(15_800, 0, 0), at: seconds(Double(time)))) }
        return box
    }
}
