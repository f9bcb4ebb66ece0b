import Foundation
import Glibc
import Licensing
import Testing

@testable import Host

/// Licences and lists of a host whose disk has no room left.
@Suite struct LicenceFullDiskTests {
    /// A file system of 24 MiB that only this test writes; nil where the user may not mount one.
    private final class SmallDisk {
        let path = NSTemporaryDirectory() + "chargehost-licence-" + UUID().uuidString

        init?() {
            guard mkdir(path, 0o700) == 0 else { return nil }
            guard mount("none", path, "tmpfs", 0, "size=24m,mode=0700") == 0 else {
                rmdir(path)
                return nil
            }
        }

        deinit {
            umount2(path, Int32(MNT_DETACH))
            rmdir(path)
        }

        /// Takes all room that is left.
        func fill() {
            let file = open(path + "/foreign", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            let block = [UInt8](repeating: 1, count: 4096)
            while write(file, block, block.count) > 0 {}
            close(file)
        }
    }

    private static var canMount: Bool { SmallDisk() != nil }

    @Test(.enabled(if: LicenceFullDiskTests.canMount))
    func onAFullDiskTheLastGoodStateCountsSevenDaysWithWarnings() async throws {
        let disk = try #require(SmallDisk())
        let vendor = try LicenceWorld()
        let names = ["a", "b", "c", "d"]
        let data = disk.path + "/data"
        let world = try await HostWorld(site(200, names), licensing: vendor.rules, folder: data)
        func install(_ bytes: [UInt8]) async -> ControlResponse {
            await world.host.answer(ControlRequest(method: "POST", path: "/api/v1/licence", body: bytes))
        }
        #expect(await install(vendor.file(1)).status == 200)
        try await world.run(seconds: 3)
        disk.fill()
        let more = await install(vendor.file(2, id: "2"))
        #expect(more.status == 422)
        #expect(String(decoding: more.body, as: UTF8.self).contains("cannot be stored"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: data + "/licences") == ["1.licence"])
        #expect(await world.host.licences?.document.places == 4)

        // And then what lies there cannot be read any more.
        try FileManager.default.moveItem(atPath: data + "/licences", toPath: data + "/gone")
        try #require(symlink(data + "/licences", data + "/licences") == 0)
        for (days, places) in [(1, 4), (6, 4), (1, 3)] {
            vendor.pass(days: days)
            try await world.run(seconds: 3)
            let document = try #require(await world.host.licences?.document)
            #expect(document.places == places, "\(days)")
            #expect(document.boxes.values.count { $0.may_raise } == places)
            #expect(document.warnings.contains { $0.hasPrefix("the licences cannot be read") })
        }
        unlink(data + "/licences")
        try FileManager.default.moveItem(atPath: data + "/gone", toPath: data + "/licences")
        vendor.pass(days: 1)
        try await world.run(seconds: 3)
        #expect(await world.host.licences?.document.places == 4)
        await world.end()
    }
}
