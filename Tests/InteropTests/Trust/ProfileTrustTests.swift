import Foundation
import Host
import Testing

/// Profiles from a plain web server, with the whole program: trusted, installed, changed, withdrawn, edited, confirmed.
@Suite struct ProfileTrustTests {
    /// A simulated box and a host that runs it with the published profile.
    private final class World {
        let published: PublishedProfiles
        let simulator: Peer
        let data: String
        let site: String
        private(set) var host: Peer?

        init(_ profile: String = PublishedProfiles.id) async throws {
            published = try await PublishedProfiles()
            data = published.folder.path + "/data"
            site = published.folder.path + "/site.yaml"
            simulator = try Programs.chargehost([
                "simulate", "--json", "--profile", published.profile + "@charging", "--listen", "127.0.0.1:0",
            ])
            let line = try await simulator.line { $0.hasPrefix("{") }
            let address = try #require(line.firstMatch(of: /127\.0\.0\.1:\d+/)?.output)
            try published.write(
                """
                schema: site/1
                name: Trust
                supply: {limit: 32 A}
                devices:
                  - {id: a, profile: \(profile), address: "\(address)"}
                """, to: site)
        }

        func start() throws {
            host = try Programs.chargehost(["run", "--site", site, "--data", data, "--quiet", "--http", "off"])
        }

        /// Runs a command on the data folder.
        func run(_ words: String...) async throws -> (status: Int32, output: String, errors: String) {
            try await Programs.run(words + ["--data", data])
        }

        func trust() async throws {
            let added = try await run(
                "profile", "index", "add", "friends", published.url + "index.list", "--key", published.publicKey)
            #expect(added.status == 0, "\(added.errors)")
        }

        /// The first status for which `condition` holds; fails after two minutes, or when the host ends first.
        @discardableResult
        func status(where condition: (SiteStatus) -> Bool) async throws -> SiteStatus {
            try await SiteStatus.wait(data, of: host, where: condition)
        }

        func end() async throws {
            try await host?.stop()
            try await simulator.stop(SIGKILL)
            try await published.end()
        }
    }

    private static func isCharging(_ status: SiteStatus) -> Bool { status.boxes.allSatisfy { ($0.told_a ?? 0) > 6 } }

    private static func level(_ level: Int) -> (String) -> String {
        { text in text.replacing(/limit=\d/, with: "limit=\(level)") }
    }

    @Test func aPublishedProfileIsInstalledAndChargesAndStopsWhenItIsWithdrawn() async throws {
        let world = try await World()
        try await world.published.republish(Self.level(2))
        try await world.trust()
        let installed = try await world.run("profile", "install", PublishedProfiles.id, "--json")
        #expect(installed.status == 0, "\(installed.errors)")
        #expect(installed.output.contains("\"standing\" : \"listed\""))
        try world.start()
        try await world.status(where: Self.isCharging)
        #expect(try await world.run("profile", "outdated").status == 0)

        try await world.published.republish {
            $0.replacing(#/  trust .*\n/#, with: "  withdrawn it forgets its fail-safe\n")
        }
        let updated = try await world.run("profile", "update")
        #expect(updated.status == 0, "\(updated.errors)")
        let withdrawn = try await world.status { status in
            status.alarms.contains { $0.contains("withdrawn") && $0.contains("it forgets its fail-safe") }
        }
        #expect(Self.isCharging(withdrawn))
        let outdated = try await world.run("profile", "outdated")
        #expect(outdated.status == 1)
        #expect(outdated.output.contains("withdrawn: it forgets its fail-safe"))
        #expect(try await world.run("profile", "install", world.published.profile).status == 4)
        // Lowering and stopping go on; nothing starts it again.
        #expect(try await world.run("limit", "0kW").status == 0)
        try await world.status { $0.boxes.allSatisfy { $0.told_a == 0 } }
        #expect(try await world.run("limit", "--off").status == 0)
        let refused = try await world.run("command", "--profile", PublishedProfiles.id, "--address", "x", "charge=10A")
        #expect(refused.status != 0)
        let stopped = try await world.status { $0.boxes.allSatisfy { $0.reason == "trust" } }
        #expect(stopped.boxes.allSatisfy { $0.told_a == 0 })
        try await world.end()
    }

    @Test func whatWasChangedOnTheWayIsRefusedWithItsReason() async throws {
        let world = try await World()
        try await world.published.republish(Self.level(2))
        try await world.trust()
        let (profile, index) = (
            try world.published.text(world.published.profile), try world.published.text(world.published.index)
        )
        // One character of the profile.
        try world.published.write(profile.replacing("scale: 0.1", with: "scale: 0.2"), to: world.published.profile)
        let changed = try await world.run("profile", "install", PublishedProfiles.id)
        #expect(changed.status == 4)
        #expect(changed.errors.contains("its bytes were changed"))
        try world.published.write(profile + "\n", to: world.published.profile)
        let byURL = try await world.run(
            "profile", "install", world.published.url + "wallbox/\(PublishedProfiles.id).yaml")
        #expect(byURL.status == 4, "\(byURL.errors)")
        #expect(!FileManager.default.fileExists(atPath: world.data + "/profiles"))
        // One character of the index, and then an older one.
        let signature = try world.published.text(world.published.index + ".minisig")
        try world.published.write(index.replacing("limit=2", with: "limit=5"), to: world.published.index)
        let forged = try await world.run("profile", "update")
        #expect(forged.status == 4)
        #expect(forged.errors.contains("changed after it was signed"))
        try world.published.write(index, to: world.published.index)
        try world.published.write(profile, to: world.published.profile)
        try await world.published.sign()
        #expect(try await world.run("profile", "update").status == 0)
        try world.published.write(index, to: world.published.index)
        try world.published.write(signature, to: world.published.index + ".minisig")
        let old = try await world.run("profile", "update")
        #expect(old.status == 4)
        #expect(old.errors.contains("older than one seen before"))
        // Nobody there.
        try await world.published.end()
        #expect(try await world.run("profile", "update").status == 3)
        let list = try await world.run("profile", "index", "list")
        #expect(list.status == 0)
        #expect(list.output.contains("friends"))
        try await world.end()
    }

    @Test func aDraftIsReadOnlyUntilTheInstallerConfirmsIt() async throws {
        let world = try await World()
        let installed = try await world.run("profile", "install", world.published.profile)
        #expect(installed.status == 0, "\(installed.errors)")
        #expect(installed.output.contains("a draft"))
        let checked = try await Programs.run(["check", world.site, "--data", world.data])
        #expect(checked.output.contains("S043 warning: device a: its profile is a draft"), "\(checked.output)")
        try world.start()
        let waiting = try await world.status { status in
            status.boxes.allSatisfy { $0.state == "C" && $0.reason == "trust" }
                && status.alarms.contains { $0.contains("profile confirm a --statement") }
        }
        #expect(waiting.boxes.allSatisfy { $0.told_a == nil || $0.told_a == 0 })
        #expect(try await world.run("profile", "confirm", "a").status == 2)
        let confirmed = try await world.run(
            "profile", "confirm", "a", "--statement", "6 A, 10 A and off seen on the display", "--by", "Ada")
        #expect(confirmed.status == 0, "\(confirmed.errors)")
        try await world.status(where: Self.isCharging)
        let trust = try await world.run("profile", "trust")
        #expect(trust.output.contains("confirmed by Ada"))
        // An edit makes it a draft again: the session goes on, and no further.
        let file = world.data + "/profiles/\(PublishedProfiles.id).yaml"
        try world.published.write(
            try world.published.text(file).replacing("timeout: 1 s", with: "timeout: 2 s"), to: file)
        _ = kill(try #require(world.host).process.processIdentifier, SIGHUP)
        try await world.status { $0.alarms.contains { $0.contains("was changed since it was confirmed") } }
        #expect(try await world.run("profile", "confirm", "a", "--withdraw").status == 0)
        try await world.end()
    }
}
