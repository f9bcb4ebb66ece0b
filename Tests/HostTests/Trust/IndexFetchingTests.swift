import DriverAPI
import Foundation
import ProfileTrust
import Testing

@testable import Host

/// Lists that a host fetches by itself, from a web server of this process, on a virtual clock.
@Suite struct IndexFetchingTests {
    private static let tried: [Capability: TrustLevel] = [.reading: .tried, .limit: .tried]

    /// A host that trusts the list of a server, which lists the profile of its box.
    private struct Scene {
        let trust: TrustWorld
        let server: IndexServer
        let world: HostWorld

        init(every period: Duration?) async throws {
            trust = try TrustWorld()
            try trust.publish(tried, in: "web")
            server = try IndexServer(trust.root + "/web")
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("f-" + UUID().uuidString).path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let refresh = IndexRefresh(TrustFolder(data: folder))
            _ = try await refresh.add(
                "friends", source: server.url + "index.list", key: MinisignKey(trust.key.publicKey))
            // It was fetched today, by the clock of this world.
            let index = try #require(try TrustFolder(data: folder).storedIndexes().first)
            let record = try #require(FetchRecord.of(index))
            try FetchRecord(time: 1_795_262_400, tag: record.tag).keep(for: index)
            var site = trust.boxes(["a"])
            site.listPeriod = period
            world = try await HostWorld(site, trusting: trust.rules, folder: folder)
        }

        func standing() async -> String? {
            let states = await world.host.board.all()
            return await world.host.trust?.document(states).devices.first?.standing
        }

        /// A minute of the host: it looks whether a list is due.
        func look() async throws { try await world.run(seconds: 61) }

        func end() async {
            await world.end()
            await server.stop()
        }
    }

    @Test func aWithdrawalTakesEffectWithoutAPerson() async throws {
        let scene = try await Scene(every: .seconds(86_400))
        try await scene.world.run(atMost: 60) { try scene.world.box(1).box.register == 16_000 }
        #expect(await scene.standing() == "listed")
        let before = scene.server.requests.count
        try scene.trust.publish(withdrawn: "it forgets its fail-safe", in: "web")
        // Not before its time.
        try await scene.look()
        #expect(scene.server.requests.count == before)
        scene.trust.pass(days: 2)
        try await scene.world.run(atMost: 300) { await scene.standing() == "withdrawn" }
        #expect(
            await scene.world.alarms().contains { $0.contains("withdrawn") && $0.contains("it forgets its fail-safe") })
        #expect(scene.server.requests.dropFirst(before).map(\.status) == [200, 200])
        await scene.end()
    }

    @Test func aListThatIsTheSameIsNotFetchedAgain() async throws {
        let scene = try await Scene(every: .seconds(86_400))
        try await scene.look()
        let before = scene.server.requests.count
        for _ in 0..<3 {
            scene.trust.pass(days: 2)
            try await scene.look()
        }
        // Asked for by its entity tag; the signature is not asked for.
        let asked = scene.server.requests.dropFirst(before)
        #expect(asked.map(\.status) == [304, 304, 304])
        #expect(asked.allSatisfy { $0.path == "/index.list" })
        #expect(await scene.standing() == "listed")
        await scene.end()
    }

    @Test func neverFetchesNothing() async throws {
        let scene = try await Scene(every: nil)
        let before = scene.server.requests.count
        try scene.trust.publish(withdrawn: "no", in: "web")
        scene.trust.pass(days: 30)
        try await scene.look()
        #expect(scene.server.requests.count == before)
        #expect(await scene.standing() == "listed")
        await scene.end()
    }

    @Test func whatCannotBeFetchedOrDoesNotCountChangesNothingAndIsAWarningAfterAWeek() async throws {
        let scene = try await Scene(every: .seconds(86_400))
        scene.server.breakDown()
        scene.trust.pass(days: 2)
        try await scene.look()
        let before = scene.server.requests.count
        #expect(scene.server.requests.last?.status == 503)
        #expect(await scene.world.host.trust?.warnings == [])
        // It is tried again after an hour, not before.
        try await scene.look()
        #expect(scene.server.requests.count == before)
        scene.trust.pass(days: 6)
        try await scene.look()
        let warnings = try #require(await scene.world.host.trust?.warnings)
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("could not be fetched since 2026-11-21") == true, "\(warnings)")
        #expect(await scene.world.alarms().contains { $0.contains("could not be fetched since") })
        #expect(await scene.standing() == "listed")

        // Forged, and older than seen: refused, and what is there goes on to count.
        scene.server.breakDown(false)
        let text = try String(contentsOfFile: scene.trust.root + "/web/index.list", encoding: .utf8)
        try scene.trust.write(text.replacing("limit=3", with: "limit=5"), to: "web/index.list")
        scene.trust.pass(days: 1)
        try await scene.look()
        #expect(await scene.world.host.trust?.warnings.first?.contains("changed after it was signed") == true)
        #expect(await scene.standing() == "listed")
        try scene.trust.publish(Self.tried, in: "web")
        scene.trust.pass(days: 1)
        try await scene.look()
        #expect(await scene.world.host.trust?.warnings == [])
        await scene.end()
    }
}
