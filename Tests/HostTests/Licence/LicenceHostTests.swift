import DriverAPI
import Foundation
import Licensing
import LoadManagement
import Testing

@testable import Host

/// Licences in a whole host: boxes of other makes on a virtual clock, and a wall clock set by hand.
@Suite struct LicenceHostTests {
    private static let names = ["a", "b", "c", "d"]

    private func told(_ world: HostWorld) throws -> [Int] { try (1...4).map { try world.box($0).box.register } }

    @Test func threeAreCommandedAndTheFourthIsOnlyReadAndCounted() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, Self.names), licensing: vendor.rules)
        try await world.run(atMost: 60) { try told(world).prefix(3).allSatisfy { $0 == 16_000 } }
        #expect(try world.box(4).calls.isEmpty)
        let shown = try await world.shown("d")
        #expect(shown.reason == "licence")
        #expect(shown.state != nil)
        // What it may draw is kept free: its rated current on three phases.
        let booked = try #require(await world.host.control.outcome()?.decision.boxes["d"]?.booked)
        #expect(booked.smallest > 0)
        #expect(await world.alarms().contains { $0.hasPrefix("d: no licence") && $0.contains("licence install") })
        // As long as that lasts, and no longer.
        try await world.run(seconds: 700)
        #expect(await world.alarms().contains { $0.hasPrefix("d: no licence") })
        let installed = await world.host.answer(
            ControlRequest(method: "POST", path: "/api/v1/licence", body: vendor.file(1)))
        #expect(installed.status == 200)
        #expect(await world.alarms().allSatisfy { !$0.contains("no licence") })
        await world.end()
    }

    @Test func aLicenceCountsInTheNextTick() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, Self.names), licensing: vendor.rules)
        try await world.run(atMost: 60) { try told(world).prefix(3).allSatisfy { $0 == 16_000 } }
        let response = await world.host.answer(
            ControlRequest(method: "POST", path: "/api/v1/licence", body: vendor.file(1)))
        #expect(response.status == 200)
        // A tick comes every second.
        try await world.run(seconds: 1)
        #expect(try await world.shown("d").reason != "licence")
        try await world.run(atMost: 60) { try world.box(4).box.register == 16_000 }
        // It lasts.
        try await world.restart(site(200, Self.names))
        try await world.run(seconds: 5)
        #expect(try await world.shown("d").reason != "licence")
        await world.end()
    }

    @Test func whatDoesNotCountIsRefusedWithItsReason() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, ["a"]), licensing: vendor.rules)
        func answer(_ bytes: [UInt8]) async -> String {
            let response = await world.host.answer(
                ControlRequest(method: "POST", path: "/api/v1/licence", body: bytes))
            #expect(response.status == 422)
            return String(decoding: response.body, as: UTF8.self)
        }
        let other = try LicenceWorld()
        #expect(await answer(other.file(5)).contains("the vendor did not sign it"))
        #expect(await answer(vendor.file(5, host: other.key.publicKey)).contains("it is for the host"))
        #expect(await answer(vendor.file(5) + [0x20]).contains("changed after it was signed"))
        #expect(await answer(Array(vendor.file(5).dropLast(40))).contains("cut off"))
        let old = vendor.file(5, ends: 10)
        vendor.pass(days: 41)
        #expect(await answer(old).contains("30 days of grace are over"))
        #expect(await world.host.licences?.document.places == 3)
        await world.end()
    }

    @Test func aSessionGoesOnWhenTheLicenceEndsAndIsNotStartedAgain() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, Self.names), licensing: vendor.rules)
        let installed = await world.host.answer(
            ControlRequest(method: "POST", path: "/api/v1/licence", body: vendor.file(1, ends: 10)))
        #expect(installed.status == 200)
        try await world.run(atMost: 60) { try told(world) == [16_000, 16_000, 16_000, 16_000] }
        vendor.pass(days: 60)
        try await world.run(seconds: 10)
        let document = try #require(await world.host.licences?.document)
        #expect(document.places == 3)
        let loser = try #require(document.boxes.first { !$0.value.may_raise }?.key)
        let number = try #require(Self.names.firstIndex(of: loser)) + 1
        #expect(try world.box(number).box.register == 16_000)
        // It may still be stopped, and then stays so.
        func command(_ text: String) async -> Int {
            await world.host.answer(
                ControlRequest(
                    method: "POST", path: "/api/v1/devices/\(loser)/command",
                    body: Array(#"{"command": "\#(text)"}"#.utf8))
            ).status
        }
        #expect(await command("wake_up") == 409)
        await world.host.control.limit(OperatorLimit(power_w: 0, until: nil))
        try await world.run(atMost: 60) { try world.box(number).box.register == 0 }
        await world.host.control.limit(nil)
        try await world.run(seconds: 60)
        #expect(try world.box(number).box.register == 0)
        #expect(try told(world).count { $0 == 16_000 } == 3)
        await world.end()
    }

    @Test func aFolderThatCannotBeReadCountsSevenDaysMoreOverRestarts() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, Self.names), licensing: vendor.rules)
        let installed = await world.host.answer(
            ControlRequest(method: "POST", path: "/api/v1/licence", body: vendor.file(1)))
        #expect(installed.status == 200)
        try await world.run(seconds: 3)
        // What is no folder cannot be read as one, whoever reads it.
        let folder = world.folder + "/licences"
        try FileManager.default.removeItem(atPath: folder)
        try Data().write(to: URL(fileURLWithPath: folder))
        for (days, places) in [(1, 4), (6, 4), (1, 3)] {
            vendor.pass(days: days)
            try await world.restart(site(200, Self.names))
            try await world.run(seconds: 3)
            let document = try #require(await world.host.licences?.document)
            #expect(document.places == places, "\(days)")
            #expect(document.boxes.values.count { $0.may_raise } == places)
            #expect(document.warnings.contains { $0.hasPrefix("the licences cannot be read") })
            #expect(await world.alarms().contains { $0.hasPrefix("the licences cannot be read") })
        }
        await world.end()
    }

    @Test func theTrialIsStartedOnceAndOutlastsARestart() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, ["a"]), licensing: vendor.rules)
        func start() async -> Int {
            await world.host.answer(ControlRequest(method: "POST", path: "/api/v1/licence/trial")).status
        }
        #expect(await start() == 200)
        #expect(await world.host.licences?.document.places == 5)
        try await world.restart(site(200, ["a"]))
        #expect(await world.host.licences?.document.places == 5)
        #expect(await start() == 409)
        vendor.pass(days: 90)
        try await world.run(seconds: 3)
        #expect(await world.host.licences?.document.places == 3)
        await world.end()
    }

    @Test func placesAreKeptOverARestartInWhateverOrder() async throws {
        let vendor = try LicenceWorld()
        let world = try await HostWorld(site(200, Self.names), licensing: vendor.rules)
        try await world.run(seconds: 3)
        var turned = site(200, Self.names)
        turned.devices.reverse()
        try await world.restart(turned)
        try await world.run(seconds: 3)
        #expect(await world.host.licences?.document.boxes["d"]?.may_raise == false)
        await world.end()
    }

    @Test func theIdentityIsMadeOnceAndBelongsToItsOwnerOnly() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("i-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(try HostIdentity.stored(in: folder) == nil)
        let first = try HostIdentity.load(in: folder).publicKey
        #expect(try HostIdentity.load(in: folder).publicKey == first)
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/identity.key")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try Data("no key".utf8).write(to: URL(fileURLWithPath: folder + "/identity.key"))
        #expect(throws: LicenceProblem.self) { try HostIdentity.load(in: folder) }
        #expect(try String(contentsOfFile: folder + "/identity.key", encoding: .utf8) == "no key")
    }
}
