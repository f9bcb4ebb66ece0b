import DriverAPI
import Foundation
import LoadManagement
import ProfileTrust
import Testing

@testable import Host

/// Trust in profiles in a whole host: boxes on a virtual clock, and a wall clock set by hand.
@Suite struct TrustHostTests {
    private static let tried: [Capability: TrustLevel] = [.reading: .tried, .limit: .tried]

    private func document(_ world: HostWorld, _ method: String = "GET", _ path: String = "profiles") async throws
        -> TrustDocument
    {
        let answer = await world.host.answer(ControlRequest(method: method, path: "/api/v1/" + path))
        #expect(answer.status == 200)
        return try JSONDecoder().decode(TrustDocument.self, from: Data(answer.body))
    }

    private func refresh(_ world: HostWorld) async throws -> TrustDocument {
        // The reload waits for devices, which wait for nobody's clock here.
        try await document(world, "POST", "profiles/refresh")
    }

    @Test func aDraftIsReadAndCountedAndNotStartedUntilItIsConfirmed() async throws {
        let trust = try TrustWorld()
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(seconds: 10)
        #expect(try world.box(1).calls.isEmpty)
        let shown = try await world.shown("a")
        #expect(shown.reason == "trust")
        #expect(shown.state != nil)
        let booked = try #require(await world.host.control.outcome()?.decision.boxes["a"]?.booked)
        #expect(booked.smallest > 0)
        #expect(
            await world.alarms().contains { $0.hasPrefix("a: its profile is a draft") && $0.contains("confirm a ") })
        let device = try #require(try await document(world).devices.first)
        #expect(device.standing == "draft")
        #expect(!device.may_raise)
        #expect(device.bars["limit"] != nil && device.bars["reading"] == nil)

        try TrustFolder(data: world.folder).add(trust.confirmation("a"))
        let after = try #require(try await refresh(world).devices.first)
        #expect(after.may_raise)
        #expect(after.confirmed_by == "Ada")
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        #expect(await world.alarms().allSatisfy { !$0.contains("draft") })
        await world.end()
    }

    @Test func whatTheProgramBringsNeedsNoConfirmation() async throws {
        let trust = try TrustWorld()
        try trust.publish([.reading: .tested, .limit: .tested])
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        #expect(try await document(world).devices.first?.standing == "own")
        await world.end()
    }

    @Test func anEditMakesItADraftAgain() async throws {
        let trust = try TrustWorld()
        try trust.publish(Self.tried)
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        try trust.write("# another box\n", to: "fake.yaml")
        try await world.run(seconds: 3)
        // It runs the old file until it is told to read the new one.
        #expect(try await document(world).devices.first?.standing == "own")
        try await world.restart(trust.boxes(["a"]))
        try await world.run(seconds: 5)
        #expect(try await document(world).devices.first?.standing == "draft")
        #expect(try await world.shown("a").reason == "trust")
        // What was told before goes on, as far as it may be kept, and no further.
        #expect(try world.box(1).box.register <= 16_000)
        await world.end()
    }

    @Test func aWithdrawnProfileStartsNothingMoreAndIsStillLowered() async throws {
        let trust = try TrustWorld()
        try trust.publish(Self.tried)
        let world = try await HostWorld(trust.boxes(["a", "b"]), trusting: trust.rules)
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        try trust.publish(withdrawn: "it forgets the fail-safe")
        _ = try await refresh(world)
        try await world.run(seconds: 5)
        // The session goes on with what it has; the alarm says why it gets no more.
        #expect(try world.box(1).box.register == 16_000)
        #expect(
            await world.alarms().contains { $0.contains("withdrawn") && $0.contains("it forgets the fail-safe") })
        #expect(try await document(world).devices.allSatisfy { $0.standing == "withdrawn" && !$0.may_raise })
        await world.host.control.limit(OperatorLimit(power_w: 8000, until: nil))
        try await world.run(atMost: 60) { try world.box(1).box.register + world.box(2).box.register <= 12_000 }
        await world.host.control.limit(OperatorLimit(power_w: 0, until: nil))
        try await world.run(atMost: 60) { try world.box(1).box.register == 0 && world.box(2).box.register == 0 }
        await world.host.control.limit(nil)
        try await world.run(seconds: 60)
        #expect(try world.box(1).box.register == 0)
        #expect(try await world.shown("a").reason == "trust")
        // A later index takes it back.
        try trust.publish(Self.tried)
        _ = try await refresh(world)
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        await world.end()
    }

    @Test func aLaterTickFindsAWithdrawalByItself() async throws {
        let trust = try TrustWorld()
        try trust.publish(Self.tried)
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(seconds: 3)
        try trust.publish(withdrawn: "no")
        trust.pass(days: 1)
        try await world.run(seconds: 3)
        #expect(try await document(world).devices.first?.standing == "withdrawn")
        await world.end()
    }

    @Test func anIndexThatCannotBeReadCountsSevenDaysMoreWithAWarning() async throws {
        let trust = try TrustWorld()
        try trust.publish(Self.tried)
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(seconds: 3)
        try trust.write("schema chargehost-index/1\nserial 99\nissued 2026-11-21\n", to: "own/index.list")
        for (days, may) in [(1, true), (6, true), (1, false)] {
            trust.pass(days: days)
            try await world.restart(trust.boxes(["a"]))
            try await world.run(seconds: 2)
            let document = try await document(world)
            #expect(document.devices.first?.may_raise == may, "\(days)")
            #expect(document.warnings.contains { $0.contains("changed after it was signed") })
            #expect(await world.alarms().contains { $0.contains("changed after it was signed") })
        }
        await world.end()
    }

    @Test func confirmationsThatCannotBeReadCountSevenDaysMore() async throws {
        let trust = try TrustWorld()
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try TrustFolder(data: world.folder).add(trust.confirmation())
        #expect(try await refresh(world).devices.first?.may_raise == true)
        try Data("{".utf8).write(to: URL(fileURLWithPath: world.folder + "/trust/confirmed.json"))
        for (days, may) in [(7, true), (1, false)] {
            trust.pass(days: days)
            let document = try await refresh(world)
            #expect(document.devices.first?.may_raise == may)
            #expect(document.warnings.contains { $0.contains("confirmed.json") })
        }
        await world.end()
    }

    @Test func boxesWithoutAProfileNeedNobodysWord() async throws {
        let trust = try TrustWorld()
        let keeper = await TrustKeeper(
            trust.rules, data: trust.root, storage: try await .init(path: trust.root + "/x.sqlite"), log: HostLog())
        var state = DeviceState(entry: site(32, ["a"]).devices[0], title: "", deviceClass: .wallbox)
        state.entry.address = "ocpp://BOX7/1"
        #expect(await keeper.judge([state]) { _ in nil }["a"] == .notNeeded)
        state.entry.address = "10.0.0.1"
        #expect(await keeper.judge([state]) { _ in nil }["a"] == .unreadable)
    }

    @Test func whatADeviceRunsIsJudgedAnewAndWhoIsGoneIsForgotten() async throws {
        let trust = try TrustWorld()
        let keeper = await TrustKeeper(
            trust.rules, data: trust.root, storage: try await .init(path: trust.root + "/x.sqlite"), log: HostLog())
        let states = site(32, ["a", "b"]).devices.map { DeviceState(entry: $0, title: "", deviceClass: .wallbox) }
        #expect(await keeper.judge(states) { _ in Data("one".utf8) }.keys.sorted() == ["a", "b"])
        let first = try #require(await keeper.running("a")?.hash)
        #expect(await keeper.running("b")?.hash == first)
        #expect(await keeper.judge([states[0]]) { _ in Data("two".utf8) }.keys.sorted() == ["a"])
        #expect(await keeper.running("a")?.hash != first)
        #expect(await keeper.running("b") == nil)
        #expect(await keeper.judge([states[0]]) { _ in nil }["a"] == .unreadable)
        #expect(await keeper.running("a") == nil)
    }

    @Test func whatALogFollowsIsWhatTheStatusSays() async throws {
        let trust = try TrustWorld()
        let world = try await HostWorld(trust.boxes(["a", "b"]), trusting: trust.rules)
        try await world.run(seconds: 10)
        let status = try #require(await world.host.status())
        let situation = try #require(await world.host.situation())
        #expect(situation.boxes.map(\.id) == ["a", "b"] && situation.boxes == status.boxes)
        #expect(!situation.alarms.isEmpty && situation.alarms == status.alarms)
        await world.end()
    }

    @Test func nobodyWritesBeforeAVerdict() {
        let gate = TrustGate(isAsked: true)
        #expect(gate.permission(of: "a").bar(.charging) == "its profile was not judged yet")
        gate.judge(["a": .notNeeded])
        #expect(gate.permission(of: "a").bar(.charging) == nil)
        #expect(gate.permission(of: "b").bar(.charging) != nil)
        #expect(TrustGate(isAsked: false).permission(of: "a").bar(.charging, wears: true) == nil)
    }
}
