import DriverAPI
import Foundation
import LoadManagement
import Testing

@testable import Host

/// What happens to running devices when the site file is read anew.
@Suite struct ReloadTests {
    private func twoBoxes(_ limit: Int = 16) -> Site { site(limit, ["a", "b"]) }

    /// Both boxes charge with half of 16 A.
    private func world() async throws -> HostWorld {
        let world = try await HostWorld(twoBoxes())
        try await world.run(atMost: 60) { try world.box(1).box.register == 8000 && world.box(2).box.register == 8000 }
        return world
    }

    @Test func limitsCountFromTheNextTickAndDevicesGoOn() async throws {
        let world = try await world()
        await world.host.reload(twoBoxes(12))
        try await world.run(atMost: 2) { try world.box(1).box.register == 6000 && world.box(2).box.register == 6000 }
        #expect(world.driver.openings(of: "a") == 1)
        #expect(try world.box(1).closed == nil)
        await world.end()
    }

    @Test func aRemovedBoxStaysBookedUntilItsStopIsConfirmed() async throws {
        let world = try await world()
        let (a, b) = (try world.box(1), try world.box(2))
        a.set(.carriesOut(after: .seconds(4)))
        var without = twoBoxes()
        without.devices.removeFirst()
        await world.host.reload(without)
        try await world.run(seconds: 3)
        let shown = try await world.shown("a")
        #expect(shown.why == "it has left the site and is stopped; it is booked until that is confirmed")
        #expect(shown.booked_a == 8)
        try await world.run(atMost: 30) { a.closed == .leave }
        #expect(a.box.register == 0)
        try await world.run(atMost: 30) { b.box.register == 16_000 }
        let stopped = try #require(a.calls.last { $0.milliamperes == 0 })
        let raised = try #require(b.calls.last { $0.milliamperes == 16_000 })
        // 4 s to the acknowledgement, 2 s of pacing, 5 s for the car.
        #expect(stopped.at.duration(to: raised.at) >= .seconds(11))
        try await world.run(seconds: 2)
        #expect(await world.host.status()?.boxes.map(\.id) == ["b"])
        await world.end()
    }

    @Test func aRemovedBoxThatIsSilentStaysBookedUntilItIsForgotten() async throws {
        let world = try await world()
        let (a, b) = (try world.box(1), try world.box(2))
        a.set(.isDead)
        try await world.run(seconds: 3)
        var without = twoBoxes()
        without.devices.removeFirst()
        await world.host.reload(without)
        try await world.run(seconds: 60)
        #expect(b.box.register == 8000)
        #expect(try await world.shown("a").booked_a == 8)
        #expect(await world.alarms().contains { $0.hasPrefix("a: the site does not use it any more") })
        let refused = await world.host.answer(ControlRequest(method: "POST", path: "/api/v1/devices/b/forget"))
        #expect(refused.status == 409)
        let answer = await world.host.answer(ControlRequest(method: "POST", path: "/api/v1/devices/a/forget"))
        #expect(answer.status == 200)
        try await world.run(atMost: 15) { b.box.register == 16_000 && a.closed == .leave }
        await world.end()
    }

    @Test func aDisabledBoxIsStoppedAndShownAsDisabled() async throws {
        let world = try await world()
        var disabled = twoBoxes()
        disabled.devices[0].enabled = false
        await world.host.reload(disabled)
        let a = try world.box(1)
        try await world.run(atMost: 30) { a.closed == .leave }
        #expect(a.box.register == 0)
        try await world.run(seconds: 2)
        let shown = try await world.shown("a")
        #expect(shown.link == "disabled")
        #expect(shown.why == "it is disabled")
        #expect(shown.booked_a == 0)
        await world.host.reload(twoBoxes())
        try await world.run(atMost: 60) { try world.box(1).box.register == 8000 }
        #expect(world.driver.openings(of: "a") == 2)
        await world.end()
    }

    @Test func aBoxThatComesBackBeforeItHasStoppedGoesOn() async throws {
        let world = try await world()
        let a = try world.box(1)
        a.set(.carriesOut(after: .seconds(4)))
        var without = twoBoxes()
        without.devices.removeFirst()
        await world.host.reload(without)
        try await world.run(seconds: 2)
        await world.host.reload(twoBoxes())
        try await world.run(atMost: 60) { a.box.register == 8000 && a.closed == nil }
        #expect(world.driver.openings(of: "a") == 1)
        await world.end()
    }

    @Test func aNewBoxIsOpened() async throws {
        let world = try await world()
        await world.host.reload(site(24, ["a", "b", "c"]))
        try await world.run(atMost: 60) { try world.box(3).box.register == 8000 }
        await world.end()
    }

    @Test func aBoxThatMovesIsStoppedAtItsOldPlaceFirst() async throws {
        let world = try await world()
        let old = try world.box(1)
        old.set(.carriesOut(after: .seconds(2)))
        var moved = twoBoxes()
        moved.devices[0].address = "10.0.0.9"
        await world.host.reload(moved)
        try await world.run(seconds: 1)
        #expect(world.driver.sessions["10.0.0.9"] == nil)
        try await world.run(atMost: 60) {
            try world.driver.sessions["10.0.0.9"] != nil && world.box(9).box.register == 8000
        }
        #expect(old.box.register == 0)
        #expect(old.closed == .leave)
        await world.end()
    }

    @Test func aMoveThatIsReadTwiceIsOneMove() async throws {
        let world = try await world()
        let old = try world.box(1)
        old.set(.carriesOut(after: .seconds(2)))
        var moved = twoBoxes()
        moved.devices[0].address = "10.0.0.9"
        await world.host.reload(moved)
        try await world.run(seconds: 1)
        await world.host.reload(moved)
        try await world.run(atMost: 60) { world.driver.sessions["10.0.0.9"] != nil }
        #expect(old.box.register == 0)
        #expect(old.closed == .leave)
        await world.end()
    }

    @Test func aDriverThatIsStuckDelaysNobody() async throws {
        var stuck = twoBoxes(100)
        stuck.devices[0].profile = "stuck"
        let world = try await HostWorld(stuck)
        try await world.run(atMost: 30) { try world.box(2).box.register == 16_000 }
        #expect(try await world.shown("a").booked_a == 63)
        await world.end()
    }

    @Test func whatIsDisabledFromTheStartIsShownAndNotBooked() async throws {
        var disabled = twoBoxes()
        disabled.devices[0].enabled = false
        let world = try await HostWorld(disabled)
        try await world.run(atMost: 30) { try world.box(2).box.register == 16_000 }
        #expect(try await world.shown("a").link == "disabled")
        #expect(world.driver.openings(of: "a") == 0)
        disabled.devices.removeFirst()
        await world.host.reload(disabled)
        try await world.run(seconds: 2)
        #expect(await world.host.status()?.boxes.map(\.id) == ["b"])
        await world.end()
    }

    @Test func aBoxThatWasNotFoundIsLookedForAtItsNewPlaceAtOnce() async throws {
        let world = try await world()
        try world.box(1).set(.isDead)
        try await world.run(seconds: 3)
        var moved = twoBoxes()
        moved.devices[0].address = "10.0.0.9"
        await world.host.reload(moved)
        try await world.run(atMost: 3) { world.driver.sessions["10.0.0.9"] != nil }
        #expect(try await world.shown("a").booked_a == 8, "what it was told stays booked")
        await world.end()
    }

    @Test func anotherOptionOpensTheDeviceAnew() async throws {
        let world = try await world()
        let before = try world.box(1)
        var changed = twoBoxes()
        changed.devices[0].options = ["rated_current": "16 A"]
        await world.host.reload(changed)
        try await world.run(atMost: 30) { world.driver.openings(of: "a") == 2 && before.closed == .leave }
        #expect(before.box.register == 8000, "the box is the same: it is not stopped")
        try await world.run(seconds: 5)
        #expect(try world.box(1).box.register == 8000)
        await world.end()
    }

    @Test func aSiteThatCannotBeLeavesTheOldOneRunning() async throws {
        let world = try await world()
        var wrong = twoBoxes(32)
        wrong.circuits = [SiteCircuit(id: "garage", parent: "attic", limit: [10, 10, 10])]
        await world.host.reload(wrong)
        try await world.run(seconds: 30)
        #expect(try world.box(1).box.register == 8000)
        #expect(await world.host.site.supply.limit == [16, 16, 16])
        #expect(await world.alarms().contains { $0.hasPrefix("the site file was not taken over, the old one goes on") })
        await world.end()
    }

    @Test func aHostThatStartsAnewKnowsWhatItsBoxesWereTold() async throws {
        let world = try await world()
        try world.box(1).set(.isDead)
        try await world.run(seconds: 10)
        try await world.restart(twoBoxes())
        try world.box(1).set(.isDead)
        try await world.run(seconds: 60)
        let shown = try await world.shown("a")
        #expect(shown.booked_a == 8)
        #expect(try world.box(2).box.register == 8000)
        await world.end()
    }
}
