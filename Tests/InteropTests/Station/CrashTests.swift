import Foundation
import Storage
import Testing

/// Hosts and backends that are killed at any moment while cars come and go: what reaches the backend is what happened.
///
/// `scripts/crash-test` runs it for longer; `CHARGEHOST_CRASH_SECONDS` says how long, `CHARGEHOST_CRASH_SEED` repeats a run.
@Suite struct CrashTests {
    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }

    @Test(.timeLimit(.minutes(60))) func everyTransactionHasItsStartAndItsStopInOrder() async throws {
        let seed = Self.number("CHARGEHOST_CRASH_SEED") ?? UInt64.random(in: 1...1_000_000)
        let seconds = Self.number("CHARGEHOST_CRASH_SECONDS") ?? 12
        print("crash test: \(seconds) s with seed \(seed)")
        var chance = SplitMix(state: seed)
        let folder = try Folder()
        let store = ["--quiet", "--store", folder.path + "/backend.jsonl"]
        var central: CentralSystem? = try await CentralSystem(store)
        let port = try #require(central?.port)
        let site = try await ChargingSite(try #require(central))
        for (key, value) in [
            ("TransactionMessageAttempts", "1000"), ("TransactionMessageRetryInterval", "0"),
            ("MeterValueSampleInterval", "1"), ("FreeCharging", "true"),
        ] {
            try await Self.change(try #require(central), key, value)
        }

        var energy = [10_000, 20_000]
        var car = [0, 0]
        var kills = (hosts: 0, backends: 0)
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(50 + chance.next(700)))
            for box in 0..<2 {
                if car[box] == 2 { energy[box] += 10 + chance.next(200) }
                try await site.energy(box, energy[box])
                guard chance.next(3) == 0 else { continue }
                car[box] = car[box] == 0 ? 1 + chance.next(2) : car[box] == 1 ? 2 : 0
                try await site.set(box, 8092, car[box])
            }
            if chance.next(4) == 0 {
                try await site.site.kill()
                try site.site.start()
                kills.hosts += 1
            }
            if chance.next(5) == 0 {
                if let present = central {
                    try await present.kill()
                    central = nil
                    kills.backends += 1
                } else {
                    central = try await CentralSystem(port: port, store)
                }
            }
        }
        if central == nil { central = try await CentralSystem(port: port, store) }
        for box in 0..<2 { try await site.set(box, 8092, 0) }
        for box in 0..<2 { try await site.wait(box, allowed: false) }
        try await Self.drain(site)
        try await site.site.host.stop()
        let count = try await Self.judge(folder.path + "/backend.jsonl", data: site.site.folder.path + "/data")
        print("crash test: \(count) transactions, \(kills.hosts) hosts and \(kills.backends) backends killed")
        try await site.boxes.stop(SIGKILL)
        try await central?.kill()
    }

    /// The station may still be booting.
    private static func change(_ central: CentralSystem, _ key: String, _ value: String) async throws {
        for _ in 0..<600 {
            let answer = try? await central.call(
                "ChangeConfiguration", "{\"key\": \"\(key)\", \"value\": \"\(value)\"}")
            if answer?["status"] as? String == "Accepted" { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Peer.Failure(description: "\(key) could not be set")
    }

    /// Waits until all has been delivered and nothing runs.
    private static func drain(_ site: ChargingSite) async throws {
        let data = site.site.folder.path + "/data"
        for _ in 0..<300 {
            let shown = try await Programs.run(["ocpp", "queue", "--data", data])
            let storage = try await SiteStorage(path: data + "/chargehost.sqlite")
            let open = try await storage.openTransactions()
            await storage.close()
            if shown.status == 0, shown.output == "nothing waits", open.isEmpty { return }
            try await Task.sleep(for: .milliseconds(500))
        }
        throw Peer.Failure(description: "the queue never ran empty:\n\(site.site.host.errorText.suffix(4000))")
    }

    private struct Stored {
        var action: String
        var payload: [String: Any]
        var transaction: Int
    }

    /// What the backend has stored against the book of sessions; how many transactions there were.
    private static func judge(_ file: String, data: String) async throws -> Int {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let messages = lines.compactMap { line -> Stored? in
            let said = CentralSystem.object(String(line))
            guard let action = said["action"] as? String, let payload = said["p"] as? [String: Any],
                let transaction = said["tx"] as? Int
            else { return nil }
            return Stored(action: action, payload: payload, transaction: transaction)
        }
        var meters: [Int: Int] = [:]
        var running: [Int: Int] = [:]
        var seen: Set<Int> = []
        for (transaction, group) in Dictionary(grouping: messages, by: \.transaction) {
            let starts = group.filter { $0.action == "StartTransaction" }
            let stops = group.filter { $0.action == "StopTransaction" }
            #expect(!starts.isEmpty && !stops.isEmpty, "transaction \(transaction) has not both ends")
            for repeated in [starts, stops] {
                #expect(Set(repeated.map { NSDictionary(dictionary: $0.payload) }).count <= 1, "\(transaction)")
            }
        }
        for message in messages {
            let id = message.transaction
            switch message.action {
            case "StartTransaction":
                let connector = try #require(message.payload["connectorId"] as? Int)
                if seen.insert(id).inserted {
                    #expect(running.updateValue(id, forKey: connector) == nil, "two run on connector \(connector)")
                    let meter = try #require(message.payload["meterStart"] as? Int)
                    #expect(meter >= meters[connector] ?? 0)
                    meters[connector] = meter
                }
            case "StopTransaction":
                #expect(seen.contains(id), "a stop before its start")
                guard let connector = running.first(where: { $0.value == id })?.key else { continue }
                running[connector] = nil
                let meter = try #require(message.payload["meterStop"] as? Int)
                #expect(meter >= meters[connector] ?? 0)
                meters[connector] = meter
            default: #expect(seen.contains(id), "meter values before the start")
            }
        }
        #expect(running.isEmpty)
        let storage = try await SiteStorage(path: data + "/chargehost.sqlite")
        let sessions = try await storage.sessions(
            from: WallTime(milliseconds: 0), to: WallTime(milliseconds: .max / 2))
        #expect(sessions.allSatisfy { $0.endedAt != nil })
        #expect(sessions.count == seen.count)
        #expect(try await storage.undelivered().isEmpty)
        await storage.close()
        return seen.count
    }
}

/// SplitMix64, so that a run can be repeated.
private struct SplitMix {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}
