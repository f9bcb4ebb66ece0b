import Foundation
import Testing

@testable import Host

/// What leads a page from one document to the next.
@Suite struct SiteChangeTests {
    private func json(_ change: SiteChange) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(change)) as? [String: Any])
    }

    @Test func onlyTheBoxThatIsDifferentIsTold() throws {
        let old = SiteStatus.sample()
        var new = old
        new.boxes[1].power_w = 7360
        let change = try json(SiteChange(from: old, to: new, sequence: 8))
        #expect(change["sequence"] as? Int == 8)
        #expect((change["boxes"] as? [[String: Any]])?.map { $0["id"] as? String } == ["b"])
        #expect(Set(change.keys) == ["event", "sequence", "time", "uptime_s", "boxes"])
    }

    @Test func theSameSiteIsAnEmptyChangeThoughTimePasses() throws {
        let old = SiteStatus.sample()
        var new = old
        new.time = "2026-08-04T10:15:05Z"
        new.uptime_s = 6
        let change = SiteChange(from: old, to: new, sequence: 1)
        #expect(change.isEmpty)
        #expect(try json(change)["time"] as? String == "2026-08-04T10:15:05Z")
    }

    @Test func aBoxThatGoesLeavesTheOrder() throws {
        let change = try json(
            SiteChange(from: .sample(boxes: ["a", "b", "c"]), to: .sample(boxes: ["c", "a"]), sequence: 1))
        #expect((change["order"] as? [String: Any])?["boxes"] as? [String] == ["c", "a"])
        #expect(change["boxes"] == nil)
    }

    @Test func aBoxThatComesIsToldWhole() throws {
        let change = try json(SiteChange(from: .sample(boxes: ["a"]), to: .sample(boxes: ["a", "b"]), sequence: 1))
        let boxes = try #require(change["boxes"] as? [[String: Any]])
        #expect(boxes.count == 1)
        #expect(boxes[0]["id"] as? String == "b")
        #expect(boxes[0]["why"] as? String == "it has all")
        #expect((change["order"] as? [String: Any])?["boxes"] as? [String] == ["a", "b"])
    }

    @Test func linksAreToldWholeAndAnEmptyListWhenTheyGo() throws {
        var linked = SiteStatus.sample()
        linked.links = [try #require(PageLink(title: "Master", url: "http://192.168.125.124:8080/"))]
        let come = try json(SiteChange(from: .sample(), to: linked, sequence: 1))
        #expect((come["links"] as? [[String: String]])?.first?["url"] == "http://192.168.125.124:8080/")
        let gone = try json(SiteChange(from: linked, to: .sample(), sequence: 2))
        #expect((gone["links"] as? [Any])?.isEmpty == true)
    }

    @Test func alarmsThatEndAreAnEmptyList() throws {
        let change = try json(SiteChange(from: .sample(alarms: ["x"]), to: .sample(), sequence: 1))
        #expect(change["alarms"] as? [String] == [])
    }
}
