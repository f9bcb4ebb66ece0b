import Foundation
import Licensing
import ProfileTrust
import Testing

@testable import Host

/// Installing, updating, merging and removing, with files beside a data folder.
@Suite struct ProfileInstallerTests {
    /// A publisher's folder with versions of one profile, and a data folder that trusts it.
    private final class Shop {
        static let id = "acme.box"
        let root: String
        let key: SigningKey
        let folder: TrustFolder
        let text: String

        init() throws {
            key = try #require(SigningKey())
            root =
                FileManager.default.temporaryDirectory.appendingPathComponent("s-" + UUID().uuidString.prefix(8)).path
            folder = TrustFolder(data: root + "/data")
            let library = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Profiles").path
            text = try String(contentsOfFile: library + "/wallbox/heidelberg.energy-control.yaml", encoding: .utf8)
                .replacing("id: heidelberg.energy-control", with: "id: \(Self.id)")
            try FileManager.default.createDirectory(atPath: root + "/web", withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: root) }

        var rules: TrustRules { TrustRules(library: nil) }
        var installer: ProfileInstaller {
            ProfileInstaller(
                folder, library: ProfileLibrary(installed: folder.profiles, library: nil), rules: rules)
        }
        var installed: String { folder.installed(Self.id) }
        var draft: String { root + "/draft.yaml" }

        func write(_ text: String, to path: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }

        func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

        /// Publishes a version, and fetches the index.
        func publish(_ version: String, _ change: (String) -> String = { $0 }) async throws {
            let old = try #require(text.firstMatch(of: #/version: (\S+)/#)?.output.0)
            try write(change(text.replacing(old, with: "version: \(version)")), to: root + "/web/\(Self.id).yaml")
            _ = try IndexBuilder(root + "/web").sign(key, issued: Day(number: 20_778))
            let refresh = IndexRefresh(folder)
            if let index = try folder.storedIndexes().first {
                _ = try await refresh.refresh(index)
            } else {
                _ = try await refresh.add(
                    "friends", source: root + "/web/index.list", key: MinisignKey(key.publicKey))
            }
        }
    }

    private func problem(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func anOfferedProfileIsInstalledAndUpdated() async throws {
        let shop = try Shop()
        try await shop.publish("1.0.0")
        let first = try await shop.installer.install(Shop.id)
        #expect(first.standing == "listed" && first.index == "friends" && first.before == nil)
        #expect(first.tests_passed > 0)
        #expect(try shop.installer.isOutdated(Shop.id) == nil)
        #expect(try await shop.installer.update(Shop.id, isMajorAllowed: false) == nil)
        try await shop.publish("1.1.0") { $0.replacing("timeout: 1 s", with: "timeout: 2 s") }
        let newer = try #require(try shop.installer.isOutdated(Shop.id))
        #expect(newer == ("1.0.0", "1.1.0"))
        let second = try #require(try await shop.installer.update(Shop.id, isMajorAllowed: false))
        #expect(second.version == "1.1.0" && second.before == "1.0.0" && !second.merged)
        #expect(second.changes.contains("version 1.0.0 → 1.1.0"))
        #expect(try shop.read(try #require(second.kept)).contains("version: 1.0.0"))
        let kept = try shop.installer.remove(Shop.id)
        #expect(try shop.read(kept).contains("version: 1.1.0"))
        #expect(!FileManager.default.fileExists(atPath: shop.installed))
    }

    @Test func anotherMajorVersionNeedsConsentAndAPinHoldsEverything() async throws {
        let shop = try Shop()
        try await shop.publish("1.0.0")
        _ = try await shop.installer.install(Shop.id)
        try await shop.publish("2.0.0")
        let held = await problem { _ = try await shop.installer.update(Shop.id, isMajorAllowed: false) }
        #expect(held?.contains("means something else than 1.0.0") ?? false)
        try shop.folder.pin(Shop.id, to: "1.0.0")
        let pinned = await problem { _ = try await shop.installer.update(Shop.id, isMajorAllowed: true) }
        #expect(pinned?.contains("pinned to 1.0.0") ?? false)
        #expect(try shop.read(shop.installed).contains("version: 1.0.0"))
        try shop.folder.pin(Shop.id, to: nil)
        #expect(try await shop.installer.update(Shop.id, isMajorAllowed: true)?.version == "2.0.0")
    }

    @Test func localChangesAreMergedAndConflictsChangeNothing() async throws {
        let shop = try Shop()
        try await shop.publish("1.0.0")
        _ = try await shop.installer.install(Shop.id)
        let edited = try shop.read(shop.installed).replacing("title: {", with: "title: {fr: Ma borne, ")
        try shop.write(edited, to: shop.installed)
        try await shop.publish("1.0.1")
        let outcome = try #require(try await shop.installer.update(Shop.id, isMajorAllowed: false))
        #expect(outcome.merged && outcome.standing == "draft")
        let merged = try shop.read(shop.installed)
        #expect(merged.contains("fr: Ma borne") && merged.contains("version: 1.0.1"))
        #expect(try shop.read(try #require(outcome.kept)) == edited)

        try shop.write(merged.replacing("license: Apache-2.0", with: "license: MIT"), to: shop.installed)
        let before = try shop.read(shop.installed)
        try await shop.publish("1.0.2") { $0.replacing("license: Apache-2.0", with: "license: CC0-1.0") }
        let conflict = await problem { _ = try await shop.installer.update(Shop.id, isMajorAllowed: false) }
        let line = try #require(before.components(separatedBy: "\n").firstIndex { $0.hasPrefix("license:") }) + 1
        #expect(conflict?.contains("\(shop.installed):\(line):1 license: changed here and upstream") ?? false)
        #expect(try shop.read(shop.installed) == before)
        #expect(try shop.read("\(shop.folder.kept)/\(Shop.id)-1.0.2.new.yaml").contains("CC0-1.0"))
    }

    @Test func whatHasErrorsOrFailsItsTestsIsNotInstalled() async throws {
        let shop = try Shop()
        try shop.write(shop.text.replacing("class: wallbox", with: "class: wallbix"), to: shop.draft)
        #expect(
            await problem { _ = try await shop.installer.install(shop.draft) }?.contains("is not installed") ?? false)
        let failing = shop.text.replacing(
            "tests:\n",
            with: "tests:\n  - {name: wrong, expect_plan: {all: [\"04 1+1\"]}, line: {bus: tcp, latency: 1 ms}}\n")
        try shop.write(failing, to: shop.draft)
        let failed = await problem { _ = try await shop.installer.install(shop.draft) }
        #expect(failed?.contains("1 of the tests of acme.box fail") ?? false)
        #expect(!FileManager.default.fileExists(atPath: shop.installed))
    }

    @Test func aWithdrawnOrTamperedVersionIsNotInstalled() async throws {
        let shop = try Shop()
        try await shop.publish("1.0.0")
        let file = shop.root + "/web/\(Shop.id).yaml"
        let good = try shop.read(file)
        try shop.write(good + "# one more line\n", to: file)
        for reference in [Shop.id, file] {
            let tampered = await problem { _ = try await shop.installer.install(reference) }
            #expect(tampered?.contains("its bytes were changed") ?? false, "\(reference)")
        }
        try shop.write(good, to: file)
        let index = shop.root + "/web/index.list"
        try shop.write(
            try shop.read(index).replacing(#/  trust .*\n/#, with: "  withdrawn it melts\n"), to: index)
        _ = try IndexBuilder(shop.root + "/web").sign(shop.key, issued: Day(number: 20_779))
        _ = try await IndexRefresh(shop.folder).refresh(try #require(try shop.folder.storedIndexes().first))
        let withdrawn = await problem { _ = try await shop.installer.install(file) }
        #expect(withdrawn?.contains("was withdrawn by the index 'friends': it melts") ?? false)
        #expect(await problem { _ = try await shop.installer.install(Shop.id) }?.contains("no trusted index") ?? false)
    }

    @Test func aChangedFileNeedsANewVersionInTheIndex() throws {
        let shop = try Shop()
        let file = shop.root + "/web/\(Shop.id).yaml"
        try shop.write(shop.text, to: file)
        let builder = IndexBuilder(shop.root + "/web")
        #expect(try builder.sign(shop.key, issued: Day(number: 1)).serial == 1)
        try shop.write(shop.text + "# more\n", to: file)
        #expect(throws: InstallProblem.self) { try builder.sign(shop.key, issued: Day(number: 1)) }
        #expect(try builder.sign(shop.key, issued: Day(number: 1), replaces: true).serial == 2)
    }

    @Test func anIndexNeedsAProperNameAndItsKey() async throws {
        let shop = try Shop()
        try await shop.publish("1.0.0")
        let source = shop.root + "/web/index.list"
        let refresh = IndexRefresh(shop.folder)
        let key = MinisignKey(shop.key.publicKey)
        for name in ["", "vendor", "../x", "A", "a b", String(repeating: "a", count: 41), "friends"] {
            #expect(await problem { _ = try await refresh.add(name, source: source, key: key) } != nil, "\(name)")
        }
        let other = MinisignKey(try #require(SigningKey()).publicKey)
        let refused = await problem { _ = try await refresh.add("others", source: source, key: other) }
        #expect(refused?.contains("not trusted for it here") ?? false)
        #expect(try shop.folder.storedIndexes().map(\.name) == ["friends"])
        try shop.folder.removeIndex("friends")
        #expect(try shop.folder.storedIndexes().isEmpty)
    }

    @Test func theListOfTheProgramIsSignedAndCurrent() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Profiles").path
        let index = try #require(StoredIndex.own(in: folder).read()).get()
        for entry in ProfileLibrary(local: [folder], library: nil).entries() {
            let bytes = try #require(FileManager.default.contents(atPath: entry.file))
            let listed = index.entry(hash: Digest.sha256(Array(bytes)))
            #expect(listed?.id == entry.id, "\(entry.id) was changed; chargehost profile index sign signs it")
            #expect(listed?.level(.limit) ?? .draft >= .tested)
        }
    }
}
