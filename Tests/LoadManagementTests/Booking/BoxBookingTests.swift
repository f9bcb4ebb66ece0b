import LoadManagement
import Testing

/// Rule 1 bullet by bullet: what a box may still be following. Milliamperes and seconds are worked out by hand.
struct BoxBookingTests {
    @Test func aBoxNobodyKnowsIsBookedAtItsRatedCurrent() {
        let box = BoxBooking(setup(rated: 20_000))
        #expect(box.current(at: seconds(1000)) == PhaseCurrents(each: 20_000))
    }

    @Test func aReplacedValueStaysUntilTheReadBackAndTheCarsTime() {
        var box = charging(16_000)
        let number = box.tell(8000, at: 10)
        #expect(box.most(at: 10) == 16_000)
        box.apply(.answered(number: number, at: seconds(10.5)))
        #expect(box.most(at: 30) == 16_000, "an answer alone proves nothing")
        box.apply(.readBack(8000, at: seconds(31), connection: 1))
        #expect(box.most(at: 35.9) == 16_000)
        #expect(box.most(at: 36) == 8000)
    }

    @Test func theBoxesOwnPacingIsWaitedFor() {
        var box = charging(16_000, pacing: 3)
        box.obey(8000, at: 10)
        #expect(box.most(at: 17.9) == 16_000)
        #expect(box.most(at: 18) == 8000)
    }

    @Test func aReadBackFromBeforeTheAnswerConfirmsNothing() {
        var box = charging(8000)
        let number = box.tell(6000, at: 10)
        box.apply(.readBack(6000, at: seconds(9.9), connection: 1))
        box.apply(.answered(number: number, at: seconds(10.5)))
        #expect(box.most(at: 100) == 8000)
    }

    @Test func anExceptionLeavesTheOldValueBooked() {
        var box = charging(16_000)
        let number = box.tell(8000, at: 10)
        box.apply(.refused(number: number, at: seconds(11)))
        box.apply(.readBack(16_000, at: seconds(12), connection: 1))
        box.prune(at: seconds(30))
        #expect(box.most(at: 30) == 16_000)
        #expect(box.lastTold?.value == 16_000, "the lowering is known to be lost, so that it is given again")
    }

    @Test func aRaiseWithoutAnAnswerStaysBookedUntilANewConnectionShowsTheOldValue() {
        var box = charging(8000)
        let number = box.tell(16_000, at: 10)
        box.apply(.unanswered(number: number, at: seconds(12)))
        box.apply(.readBack(8000, at: seconds(13), connection: 1))
        #expect(box.most(at: 60) == 16_000, "the same connection may still carry it")
        box.apply(.readBack(8000, at: seconds(61), connection: 2))
        #expect(box.most(at: 65.9) == 16_000)
        #expect(box.most(at: 66) == 8000)
    }

    @Test func behindAGatewayAnUnansweredRaiseStaysForItsQueueTimeToo() {
        var box = charging(8000, queue: 10)
        let number = box.tell(16_000, at: 10)
        box.apply(.unanswered(number: number, at: seconds(12)))
        box.apply(.readBack(8000, at: seconds(21.9), connection: 2))
        #expect(box.most(at: 60) == 16_000)
        box.apply(.readBack(8000, at: seconds(22), connection: 2))
        #expect(box.most(at: 60) == 8000)
    }

    @Test func aLateRaiseThatTurnsUpIsTheValueItFollows() {
        var box = charging(8000)
        let number = box.tell(16_000, at: 10)
        box.apply(.unanswered(number: number, at: seconds(12)))
        box.apply(.readBack(16_000, at: seconds(14), connection: 2))
        box.prune(at: seconds(60))
        #expect(box.most(at: 60) == 16_000)
        #expect(box.isSettled)
    }

    @Test func aSilentBoxIsBookedAtTheLargerOfToldAndFallBackThenAtItsFallBack() {
        // Watchdog 30 s, margin 7 s, last frame sent at 10 s: 47 s.
        var box = charging(8000, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.polled(at: seconds(10)))
        box.apply(.lost(at: seconds(11)))
        #expect(box.most(at: 46.9) == 8000)
        #expect(box.most(at: 47) == 6000)
        #expect(!box.mayBePolled(at: seconds(46.9)))
        #expect(!box.mayBePolled(at: seconds(47)), "a question might wake its old value")
        box.apply(.polled(at: seconds(50)))
        #expect(box.most(at: 50) == 8000, "the probe may have been heard: its watchdog starts anew")
        #expect(box.most(at: 87) == 6000)
    }

    @Test func anOrderToABoxThatHasFallenBackWakesNoOldValue() {
        var box = charging(8000, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.polled(at: seconds(10)))
        box.apply(.lost(at: seconds(11)))
        _ = box.tell(0, at: 47)
        #expect(box.most(at: 47) == 6000)
        #expect(box.most(at: 84) == 6000)
    }

    @Test func aRefusedOrderToABoxThatHasFallenBackMayHaveWokenItsOldValue() {
        var box = charging(8000, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.polled(at: seconds(10)))
        box.apply(.lost(at: seconds(11)))
        let number = box.tell(0, at: 47)
        box.apply(.refused(number: number, at: seconds(48)))
        #expect(box.most(at: 48) == 8000)
        box.obey(0, at: 60)
        #expect(box.most(at: 64.9) == 8000)
        #expect(box.most(at: 65) == 0)
    }

    @Test func anOrderThatSaysTheSameOnceMoreIsARepeat() {
        var box = charging(8000)
        let lower = box.order(6000, terminals: .all)
        #expect(!box.isRepeat(lower))
        let again = box.order(8000, terminals: .all)
        #expect(box.isRepeat(again), "it takes the place of the one that has not left")
        box.apply(.sent(number: again, at: seconds(11), connection: 1))
        let stop = box.order(0, terminals: .all)
        #expect(!box.isRepeat(stop))
        #expect(!box.isRepeat(99))
    }

    @Test func aHighFallBackCountsAsSoonAsABoxIsSilent() {
        var box = charging(8000, watchdog: .init(timeout: seconds(600), margin: seconds(7), fallback: 32_000))
        box.apply(.polled(at: seconds(10)))
        box.apply(.lost(at: seconds(11)))
        #expect(box.most(at: 11) == 32_000)
    }

    @Test func aSilentBoxWithoutAWatchdogKeepsItsValueForEver() {
        var box = charging(8000)
        box.apply(.lost(at: seconds(11)))
        #expect(box.most(at: 1_000_000) == 8000)
    }

    @Test func aBoxNotHeardForItsTimeIsSilentWithoutBeingDeclaredSo() {
        var box = charging(8000)
        box.apply(.heard(at: seconds(20)))
        #expect(!box.isSilent(at: seconds(30)))
        #expect(box.isSilent(at: seconds(30.1)))
    }

    @Test func aBoxThatComesBackMayBeAtItsFallBackUntilItIsToldAnew() {
        var box = charging(0, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.lost(at: seconds(11)))
        box.apply(.readBack(0, at: seconds(60), connection: 2))
        #expect(box.most(at: 100) == 6000, "its register says 0, its watchdog may have fired")
        box.apply(.heard(at: seconds(99)))
        box.obey(0, at: 100)
        #expect(box.most(at: 105) == 0)
    }

    /// Only orders may keep it going: it was last told something long before it was last heard.
    @Test func aBoxThatWasLostForAMomentIsToldAnewToo() {
        var box = charging(0, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.heard(at: seconds(14)))
        #expect(box.isSettled && box.most(at: 14) == 0, "without a loss nothing has to be said")
        box.apply(.lost(at: seconds(15)))
        box.apply(.heard(at: seconds(16)))
        #expect(!box.isSettled && box.most(at: 16) == 6000)
        box.obey(0, at: 17)
        #expect(box.isSettled && box.most(at: 22) == 0)
    }

    @Test func aBoxThatDrawsAboveItsValueIsBookedAtItsDrawPlusOneAmpere() {
        var box = charging(10_000)
        box.apply(.measured(PhaseCurrents(each: 11_500), at: seconds(20)))
        #expect(box.most(at: 20) == 10_000, "0.5 A and 10 % are allowed")
        #expect(box.alarms.isEmpty)
        box.apply(.measured(PhaseCurrents(11_501, 11_000, 0), at: seconds(21)))
        #expect(box.current(at: seconds(21)) == PhaseCurrents(12_501, 12_000, 10_000))
        #expect(box.alarms == [.drawsAbove(told: 10_000, drawn: 11_501)])
    }

    @Test func aBoxThatIsStillInItsTimeMayDrawItsOldValue() {
        var box = charging(16_000)
        box.obey(8000, at: 10)
        box.apply(.measured(PhaseCurrents(each: 16_000), at: seconds(14.9)))
        #expect(box.alarms.isEmpty)
        box.apply(.measured(PhaseCurrents(each: 16_000), at: seconds(15.1)))
        #expect(box.alarms == [.drawsAbove(told: 8000, drawn: 16_000)])
    }

    @Test func aBoxThatDoesNotObeyTheNextCommandIsBookedAtItsRatedCurrent() {
        var box = charging(8000, rated: 32_000)
        box.apply(.measured(PhaseCurrents(each: 16_000), at: seconds(20)))
        box.obey(8000, at: 21)
        box.apply(.measured(PhaseCurrents(each: 16_000), at: seconds(25.9)))
        #expect(box.most(at: 25.9) == 17_000)
        box.apply(.measured(PhaseCurrents(each: 16_000), at: seconds(26)))
        #expect(box.most(at: 26) == 32_000)
        #expect(box.alarms.contains(.disobeys))
        box.apply(.measured(PhaseCurrents(each: 8000), at: seconds(40)))
        box.prune(at: seconds(85.9))
        #expect(box.most(at: 85.9) == 32_000)
        box.prune(at: seconds(86))
        #expect(box.most(at: 86) == 8000, "60 s after it was last above its value")
    }

    @Test func aReadBackAboveWhatWasToldIsBookedAndRaisesAnAlarm() {
        var box = charging(8000, rated: 32_000)
        box.apply(.readBack(20_000, at: seconds(20), connection: 1))
        #expect(box.most(at: 20) == 20_000)
        #expect(box.alarms == [.overwritten(told: 8000, value: 20_000)])
        #expect(!box.isSettled, "so it is told again")
        box.obey(8000, at: 22)
        #expect(box.most(at: 27) == 8000)
    }

    @Test func aBoxThatIsOverwrittenAgainIsBookedAtItsRatedCurrent() {
        var box = charging(8000, rated: 32_000)
        box.apply(.readBack(20_000, at: seconds(20), connection: 1))
        let number = box.tell(8000, at: 21)
        box.apply(.answered(number: number, at: seconds(21.5)))
        box.apply(.readBack(20_000, at: seconds(22), connection: 1))
        #expect(box.most(at: 22) == 32_000)
        #expect(box.alarms.contains(.disobeys))
    }

    @Test func anUnstoppableBoxIsNeverBookedBelowItsMinimum() {
        var box = charging(8000, isStoppable: false)
        box.obey(0, at: 10)
        #expect(box.most(at: 100) == 6000)
    }

    @Test func aRemovedBoxIsReleasedByAConfirmedStopOnly() {
        var box = charging(8000)
        box.isLeaving = true
        #expect(!box.isReleased(at: seconds(12)))
        let number = box.tell(0, at: 12)
        box.apply(.answered(number: number, at: seconds(13)))
        #expect(!box.isReleased(at: seconds(13)))
        box.apply(.readBack(0, at: seconds(14), connection: 1))
        #expect(!box.isReleased(at: seconds(18.9)))
        box.prune(at: seconds(19))
        #expect(box.isReleased(at: seconds(19)))
    }

    @Test func afterARestartTheStoredValuesCountUntilTheBoxAnswers() {
        var box = charging(16_000)
        let number = box.tell(8000, at: 10)
        box.apply(.answered(number: number, at: seconds(10.5)))
        box.apply(.restarted(at: seconds(100)))
        #expect(box.isSilent(at: seconds(100)))
        #expect(box.most(at: 1000) == 16_000)
        box.apply(.readBack(8000, at: seconds(1000), connection: 0))
        #expect(box.most(at: 1004.9) == 16_000)
        #expect(box.most(at: 1005) == 8000)
    }

    @Test func afterARestartTheWatchdogIsCountedFromTheRestart() {
        var box = charging(16_000, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.restarted(at: seconds(100)))
        #expect(box.most(at: 136.9) == 16_000)
        #expect(box.most(at: 137) == 6000)
    }
}
