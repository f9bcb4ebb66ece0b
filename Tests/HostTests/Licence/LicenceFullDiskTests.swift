import Foundation
import Glibc
import Licensing
import ProfileTrust
import TestTools
import Testing

@testable import Host

/// Licences and lists of a host whose disk has no room left.
@Suite struct LicenceFullDiskTests {
    @Test(.enabled(if: SmallDisk.isPermitted))
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

    @Test(.enabled(if: SmallDisk.isPermitted))
    func aListThatFindsNoRoomLeavesTheOldOneWithItsSignature() async throws {
        let disk = try #require(SmallDisk())
        let trust = try TrustWorld()
        try trust.publish([.reading: .tried], in: "web")
        let folder = TrustFolder(data: disk.path)
        let refresh = IndexRefresh(folder)
        let key = MinisignKey(trust.key.publicKey)
        let source = trust.root + "/web/index.list"
        #expect(try await refresh.add("friends", source: source, key: key).serial == 1)
        try trust.publish([.reading: .tried, .limit: .tried], in: "web")
        // For the one of the two that comes first there is room.
        for pages in [0, 1] {
            disk.fill(but: pages)
            let index = try #require(try folder.storedIndexes().first)
            let problem = await #expect(throws: TrustProblem.self) { try await refresh.refresh(index) }
            #expect(problem?.description.contains("what was there is unchanged") == true)
            #expect(try index.read()?.get().serial == 1, "\(pages)")
            let left = try FileManager.default.contentsOfDirectory(atPath: disk.path + "/trust/indexes/friends")
            #expect(left.allSatisfy { !$0.hasPrefix(".") }, "\(left)")
        }
        disk.clear()
        let index = try #require(try folder.storedIndexes().first)
        #expect(try await refresh.refresh(index).serial == 2)
        #expect(try index.read()?.get().serial == 2)
    }
}
