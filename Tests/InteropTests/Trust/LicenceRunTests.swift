import Foundation
import Host
import Licensing
import Testing
import VendorKit

/// Licences and profiles with the whole program, where the disk is full or files cannot be read.
@Suite struct LicenceRunTests {
    /// Runs the program in a shell that lets it write no file: every write fails as on a full disk.
    private func runFull(_ arguments: [String]) async throws -> String {
        let program = try #require(ProcessInfo.processInfo.environment["CHARGEHOST_PROGRAM"])
        let peer = try Peer(
            "/bin/sh", ["-c", "(trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\") 2>&1 | cat", program] + arguments)
        peer.closeInput()
        _ = try await peer.end()
        return peer.lines.joined(separator: "\n")
    }

    /// 60 A for four boxes of 16 A: the one without a place is booked with its 16 A, and 44 A are left for three.
    @Test func ofFourBoxesOfOtherMakesThreeAreCommandedUntilALicenceCountsForTheFourth() async throws {
        let site = try await VendorSite(boxes: 4, limit: 60)
        let before = try await site.status { status in
            let told = status.boxes.prefix(3).map { $0.told_a ?? 0 }
            return told.allSatisfy { $0 > 14 } && told.reduce(0, +) <= 44 && status.boxes[3].reason == "licence"
        }
        // It is read, and what it may draw is kept free.
        let fourth = before.boxes[3]
        #expect((fourth.told_a ?? 0) == 0)
        #expect(fourth.state == "C")
        #expect(fourth.booked_a == 16)
        #expect(before.licence?.places == 3)
        #expect(before.licence?.taken == 3)
        #expect(before.alarms.contains { $0.hasPrefix("box3: no licence") })
        let measured = before.boxes.compactMap(\.drawn_a)
        #expect(measured.count == 4)
        let supply = try #require(before.circuits.first)
        for phase in 0..<3 {
            let sum = measured.reduce(0) { $0 + $1[phase] }
            #expect(abs((supply.drawn_a?[phase] ?? 0) - sum) < 0.05)
            #expect(supply.booked_a[phase] <= 60.001)
        }

        let installed = try await site.install(site.file(1))
        #expect(installed.status == 0, "\(installed.errors)")
        // What the next tick goes by.
        #expect(try await site.document().boxes["box3"]?.may_raise == true)
        let after = try await site.status { $0.boxes.allSatisfy { $0.told_a == 15 } }
        #expect(after.licence?.places == 4)
        #expect(!after.alarms.contains { $0.hasPrefix("box3: no licence") })
        try await site.end()
    }

    @Test func whatIsNoLicenceHereIsRefusedWithItsOwnMessage() async throws {
        let site = try await VendorSite(boxes: 1, limit: 32)
        let good = site.file(5)
        let forged = site.file(5, by: try TestVendor.key(7))
        let digits = String(decoding: good, as: UTF8.self).replacing(
            "\"charge_points\": 5", with: "\"charge_points\": 6")
        for (bytes, message) in [
            (forged, "the vendor did not sign it"),
            (Array(digits.utf8), "the vendor did not sign it"),
            (good + [0x20], "it was changed after it was signed"),
            (
                site.file(5, host: site.vendor.otherHost),
                "it is for the host \(site.vendor.otherHost.description.prefix(16))"
            ),
            (site.file(5, issued: -400, ends: -31), "30 days of grace are over"),
            (site.file(5, issued: 2), "is the clock right?"),
            (Array(good.prefix(100)), "it is cut off or no licence at all"),
            ([], "it is empty"),
        ] {
            let refused = try await site.install(bytes)
            #expect(refused.status == 4, "\(message)")
            #expect(refused.errors.contains(message), "\(refused.errors)")
        }
        #expect(try await site.document().places == 3)
        // The program that is shipped does not believe the vendor of the tests, wherever it is asked.
        let file = site.folder.path + "/test.licence"
        try Data(good).write(to: URL(fileURLWithPath: file))
        let shipped = try await Programs.run(["licence", "verify", file, "--data", site.data])
        #expect(shipped.status == 4)
        #expect(shipped.errors.contains("the vendor did not sign it"))
        // For its own host, and within its days of grace, it counts.
        let host = try #require(PublicKey(try await site.document().host))
        let installed = try await site.install(site.file(2, host: host, issued: -400, ends: -20))
        #expect(installed.status == 0, "\(installed.errors)")
        let document = try await site.document()
        #expect(document.places == 5)
        #expect(document.files.map(\.standing) == ["grace"])
        try await site.end()
    }

    @Test func aCertificateIsIssuedAndInstalledForItsOwnHostOnly() async throws {
        let site = try await VendorSite(boxes: 1, limit: 32)
        let key = site.folder.path + "/vendor.key"
        try site.vendor.key.secretText.write(toFile: key, atomically: true, encoding: .utf8)
        func certificate(_ host: String) async throws -> [UInt8] {
            let issued = try await Programs.run(["licence", "issue", "--key", key, "--power-brain", "--host", host])
            #expect(issued.status == 0, "\(issued.errors)")
            return Array((issued.output + "\n").utf8)
        }
        #expect(try await !site.document().power_brain)
        let stranger = try await site.install(try await certificate(site.vendor.otherHost.description))
        #expect(stranger.status == 4)
        #expect(stranger.errors.contains("it is for the host"))
        let own = try await certificate(try await site.document().host)
        for place in [25, own.count - 2] {
            var changed = own
            changed[place] = changed[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            let refused = try await site.install(changed)
            #expect(refused.status == 4)
            #expect(refused.errors.contains("the vendor did not sign it"), "\(refused.errors)")
        }
        #expect(try await site.install(own).status == 0)
        #expect(try await site.document().power_brain)
        // A box of another make behind it stays one.
        #expect(try await site.document().taken == 1)
        try await site.end()
    }

    @Test func onAFullDiskWhatWasThereStays() async throws {
        let published = try await PublishedProfiles()
        let data = published.folder.path + "/data"
        let added = try await Programs.run([
            "profile", "index", "add", "friends", published.index, "--key", published.publicKey, "--data", data,
        ])
        #expect(added.status == 0, "\(added.errors)")
        let installed = try await Programs.run(["profile", "install", published.profile, "--data", data])
        #expect(installed.status == 0, "\(installed.errors)")
        let before = try published.text(data + "/profiles/\(PublishedProfiles.id).yaml")
        let list = try published.text(data + "/trust/indexes/friends/index.list")
        try published.write(before.replacing("version: 0.1.0", with: "version: 0.1.1"), to: published.profile)
        try await published.sign()
        let full = try await runFull(["profile", "update", "--data", data])
        #expect(full.contains("cannot be stored") && full.contains("what was there is unchanged"), "\(full)")
        #expect(try published.text(data + "/profiles/\(PublishedProfiles.id).yaml") == before)
        #expect(try published.text(data + "/trust/indexes/friends/index.list") == list)
        let left = try FileManager.default.contentsOfDirectory(atPath: data + "/profiles")
        #expect(left == ["\(PublishedProfiles.id).yaml"])
        let listed = try await Programs.run(["profile", "index", "list", "--data", data])
        #expect(listed.status == 0, "\(listed.output)")
        #expect(try await Programs.run(["profile", "update", "--data", data]).status == 0)
        #expect(try published.text(data + "/profiles/\(PublishedProfiles.id).yaml").contains("version: 0.1.1"))
        try await published.end()
    }
}
