import DriverAPI
import OCPP
import Testing

@testable import Host

/// When a box's meter is read out of turn.
@Suite struct MeterRefreshTests {
    private func at(_ seconds: Double) -> MonotonicTime { MonotonicTime(seconds: seconds) }

    @Test func aChangeOfTheCarWaitsForAFreshMeter() {
        var refresh = MeterRefresh()
        #expect(refresh.verdict(1, .a, energyAt: at(0), hasTransaction: false, at: at(0)) == .tell)
        #expect(refresh.verdict(1, .a, energyAt: at(0), hasTransaction: false, at: at(30)) == .tell)
        #expect(refresh.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(40)) == .readFirst)
        #expect(refresh.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(41)) == .wait)
        refresh.ended(1)
        #expect(refresh.verdict(1, .b, energyAt: at(41), hasTransaction: false, at: at(41.5)) == .tell)
    }

    @Test func aMeterThatDoesNotAnswerHoldsNothingUpForLong() {
        var refresh = MeterRefresh()
        _ = refresh.verdict(1, .a, energyAt: at(0), hasTransaction: false, at: at(0))
        #expect(refresh.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(40)) == .readFirst)
        #expect(refresh.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(44.9)) == .wait)
        #expect(refresh.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(45)) == .tell)
        // A read that has failed is not begun again for the same change.
        var failing = MeterRefresh()
        _ = failing.verdict(1, .a, energyAt: at(0), hasTransaction: false, at: at(0))
        #expect(failing.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(40)) == .readFirst)
        failing.ended(1)
        #expect(failing.verdict(1, .b, energyAt: at(0), hasTransaction: false, at: at(41)) == .tell)
    }

    @Test func aTransactionsMeterIsNeverOld() {
        var refresh = MeterRefresh()
        _ = refresh.verdict(1, .c, energyAt: at(0), hasTransaction: true, at: at(0))
        #expect(refresh.verdict(1, .c, energyAt: at(0), hasTransaction: true, at: at(4)) == .tell)
        #expect(refresh.verdict(1, .c, energyAt: at(0), hasTransaction: true, at: at(5)) == .tellAndRead)
        #expect(refresh.verdict(1, .c, energyAt: at(0), hasTransaction: true, at: at(6)) == .tell)
        refresh.ended(1)
        #expect(refresh.verdict(1, .c, energyAt: at(6), hasTransaction: true, at: at(7)) == .tell)
        #expect(refresh.verdict(2, nil, energyAt: nil, hasTransaction: true, at: at(100)) == .tell)
    }
}
