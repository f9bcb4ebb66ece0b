import DriverAPI
import Testing

@testable import Host

/// When a box is told what its master orders.
@Suite struct MasterLaneTests {
    private func at(_ seconds: Double) -> MonotonicTime { MonotonicTime(seconds: 100).advanced(by: .seconds(seconds)) }

    @Test func anOrderIsToldOnce() {
        var lane = MasterLane(told: nil)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(0)) == 10_000)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(1)) == nil)
        lane.ended(10_000, isCarriedOut: true)
        #expect(lane.confirmed == 10_000)
        #expect(lane.next(order: 10_000, writes: 1, followed: 10_000, at: at(600)) == nil)
    }

    @Test func aNewerOrderWaitsForNobody() {
        var lane = MasterLane(told: nil)
        #expect(lane.next(order: 10_000, writes: 1, followed: 0, at: at(0)) == 10_000)
        #expect(lane.next(order: 0, writes: 2, followed: 0, at: at(0.1)) == 0)
        // The end of the older one says nothing of the newer.
        lane.ended(10_000, isCarriedOut: true)
        #expect(lane.confirmed == nil)
    }

    @Test func whatFailsIsTriedAgain() {
        var lane = MasterLane(told: nil)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(0)) == 10_000)
        lane.ended(10_000, isCarriedOut: false)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(1)) == nil)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(2)) == 10_000)
    }

    @Test func aBoxThatTakesMoreIsToldAgain() {
        var lane = MasterLane(told: nil)
        _ = lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(0))
        lane.ended(10_000, isCarriedOut: true)
        #expect(lane.next(order: 10_000, writes: 1, followed: 10_050, at: at(5)) == nil)
        #expect(lane.next(order: 10_000, writes: 1, followed: 16_000, at: at(5)) == 10_000)
    }

    @Test func afterARestartABoxIsOnlyLoweredUntilItsMasterWrites() {
        var lane = MasterLane(told: 10_000)
        #expect(lane.next(order: 10_000, writes: 0, followed: 0, at: at(60)) == nil)
        #expect(lane.next(order: 10_000, writes: 0, followed: 16_000, at: at(60)) == 10_000)
        var other = MasterLane(told: 10_000)
        #expect(other.next(order: 10_000, writes: 1, followed: 0, at: at(60)) == 10_000)
    }

    @Test func aBoxThatFellBackIsRaisedAgainWithoutHaste() {
        var lane = MasterLane(told: nil)
        _ = lane.next(order: 16_000, writes: 1, followed: 0, at: at(0))
        lane.ended(16_000, isCarriedOut: true)
        #expect(lane.next(order: 16_000, writes: 1, followed: 6000, at: at(9)) == nil)
        #expect(lane.next(order: 16_000, writes: 1, followed: 6000, at: at(10)) == 16_000)
        lane.ended(16_000, isCarriedOut: true)
        // A box that takes whole amperes follows 15.5 A with 15 A.
        #expect(lane.next(order: 15_500, writes: 2, followed: 15_500, at: at(30)) == 15_500)
        lane.ended(15_500, isCarriedOut: true)
        #expect(lane.next(order: 15_500, writes: 2, followed: 15_000, at: at(60)) == nil)
    }
}
