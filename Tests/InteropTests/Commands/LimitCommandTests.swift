import Foundation
import Testing

@testable import Host

/// An operator's limit by command, on a running host.
@Suite struct LimitCommandTests {
    private struct Limit: Decodable {
        var power_w: Double?
        var until: String?
    }

    private struct Told: Decodable {
        struct Box: Decodable {
            var told_a: Double?
            var why: String
        }
        var boxes: [Box]
    }

    private func told(_ site: RunningSite, _ condition: (Told.Box) -> Bool) async throws -> Told.Box {
        let client = ControlClient(folder: site.folder.path + "/data")
        var last: Told.Box?
        for _ in 0..<1200 {
            let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site"))
            let status = answer.flatMap { try? JSONDecoder().decode(Told.self, from: Data($0.body)) }
            last = status?.boxes.first ?? last
            if let last, condition(last) { return last }
            guard site.host.process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "it never came to that; last: \(String(describing: last))")
    }

    @Test func aLimitHoldsForItsTimeAndIsTakenBack() async throws {
        let boxes = try await SimulatedBoxes(1)
        let site = try await RunningSite(
            """
            schema: site/1
            name: One box
            supply: {limit: 16 A}
            recordings: off
            devices:
              - {id: a, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}
            """)
        let data = ["--data", site.folder.path + "/data"]
        _ = try await told(site) { ($0.told_a ?? 0) == 16 }
        let set = try await Programs.run(["limit", "4.2kW", "--for", "1h"] + data)
        #expect(set.status == 0, "\(set.errors)")
        #expect(set.output.hasPrefix("all boxes together draw at most 4.2 kW until "))
        // 4.2 kW on three phases at 230 V are 6.08 A, in steps of 0.1 A.
        let lowered = try await told(site) { ($0.told_a ?? 99) <= 6.1 }
        #expect(lowered.told_a == 6 && lowered.why.contains("operator"), "\(lowered)")
        let limit: Limit = try document(try await Programs.run(["limit", "--json"] + data).output)
        #expect(limit.power_w == 4200)
        let until = try Date(try #require(limit.until), strategy: .iso8601)
        #expect((3000...3600).contains(until.timeIntervalSinceNow), "\(until)")
        #expect(try await Programs.run(["limit", "--off"] + data).output == "no limit is set")
        _ = try await told(site) { ($0.told_a ?? 0) == 16 }
        #expect(!FileManager.default.fileExists(atPath: site.folder.path + "/data/recordings"), "recordings: off")
        #expect(try await site.host.stop() == 0)
        let late = try await Programs.run(["limit", "4.2kW"] + data)
        #expect(late.status == 3, "\(late.errors)")
    }

    @Test func aWrongCallIsSaidSo() async throws {
        let folder = try Folder()
        for words in [["4.2"], ["-4kW"], ["4.2A"], ["4.2kW", "--for", "0s"], ["--for", "1h"], ["4.2kW", "--off"]] {
            let answer = try await Programs.run(["limit"] + words + ["--data", folder.path])
            #expect(answer.status == 2, "\(words): \(answer.output)\(answer.errors)")
        }
    }
}
