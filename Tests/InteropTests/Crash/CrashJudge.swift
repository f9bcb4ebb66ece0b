import Foundation
import Storage
import Testing

/// Holds what reached the backend against what happened.
struct CrashJudge {
    let record: CrashRecord
    let kills: Int
    /// Whether something was set aside and sent again by an operator: then it is later than what came after it.
    let wasResent: Bool
    private let messages: [CrashRecord.Message]

    init(_ record: CrashRecord, kills: Int, wasResent: Bool) {
        self.record = record
        self.kills = kills
        self.wasResent = wasResent
        messages = record.once
    }

    /// How many transactions there were, and how many of the host's own boxes; everything that is wrong is recorded as an issue.
    func judge(_ data: String) async throws -> (all: Int, ofBoxes: Int) {
        let starts = try judgeTransactions()
        try judgeOrder(starts)
        try judgeSlaves(starts)
        let ofBoxes = try judgeBoxes(starts)
        // In a short run no host may have lived long enough to see its boxes charge.
        #expect(ofBoxes > 0 || kills < 400, "the cars at the host's own boxes had no transaction")
        try await judgeBooks(starts, data)
        return (starts.count, ofBoxes)
    }

    private func one(_ action: String, of transaction: Int) -> CrashRecord.Message? {
        let found = messages.filter { $0.action == action && $0.transaction == transaction }
        #expect(found.count == 1, "transaction \(transaction) has \(found.count) different \(action): \(found)")
        return found.first
    }

    /// Every transaction has one start and one stop, however often each came, and its meter never goes back.
    private func judgeTransactions() throws -> [Int: CrashRecord.Message] {
        var starts: [Int: CrashRecord.Message] = [:]
        for (transaction, group) in Dictionary(grouping: messages, by: \.transaction) {
            guard let start = one("StartTransaction", of: transaction),
                let stop = one("StopTransaction", of: transaction)
            else { continue }
            starts[transaction] = start
            #expect(group.first == start, "transaction \(transaction) does not begin with its start")
            if !wasResent { #expect(group.last == stop, "transaction \(transaction) does not end with its stop") }
            var meter = try #require(start.payload["meterStart"] as? Int)
            let values = try group.compactMap(value).sorted { $0.time < $1.time }
            for value in values + [(try CrashRecord.moment(stop.payload["timestamp"]), try meterStop(stop))] {
                #expect(value.energy >= meter, "the meter of transaction \(transaction) goes back: \(group)")
                meter = value.energy
            }
        }
        return starts
    }

    private func meterStop(_ stop: CrashRecord.Message) throws -> Int {
        try #require(stop.payload["meterStop"] as? Int)
    }

    /// The energy in meter values; nil for other messages.
    private func value(_ message: CrashRecord.Message) throws -> (time: Int, energy: Int)? {
        guard let first = (message.payload["meterValue"] as? [[String: Any]])?.last,
            let sampled = first["sampledValue"] as? [[String: Any]]
        else { return nil }
        let register = sampled.first {
            ($0["measurand"] as? String ?? "Energy.Active.Import.Register") == "Energy.Active.Import.Register"
        }
        guard let text = register?["value"] as? String, let energy = Double(text) else { return nil }
        return (try CrashRecord.moment(first["timestamp"]), Int(energy))
    }

    /// One after the other on each connector, unless an operator has sent some again.
    private func judgeOrder(_ starts: [Int: CrashRecord.Message]) throws {
        if wasResent { return }
        var running: [Int: Int] = [:]
        for message in messages {
            guard let connector = starts[message.transaction]?.payload["connectorId"] as? Int else { continue }
            if message.action == "StartTransaction" {
                let other = running.updateValue(message.transaction, forKey: connector)
                #expect(other == nil, "\(message) begins while another one runs")
            } else {
                #expect(running[connector] == message.transaction, "\(message) belongs to none that runs")
                if message.action == "StopTransaction" { running[connector] = nil }
            }
        }
    }

    /// What slaves have done is what arrived, neither more nor less.
    private func judgeSlaves(_ starts: [Int: CrashRecord.Message]) throws {
        var arrived: [CrashRecord.Transaction] = []
        var tags: [String: Int] = [:]
        for (transaction, start) in starts {
            let (begun, ended) = (start.payload, one("StopTransaction", of: transaction)?.payload ?? [:])
            guard let tag = begun["idTag"] as? String, tag.hasPrefix("T") else { continue }
            tags[tag] = transaction
            arrived.append(
                CrashRecord.Transaction(
                    connector: try #require(begun["connectorId"] as? Int), tag: tag,
                    start: try CrashRecord.moment(begun["timestamp"]),
                    meterStart: try #require(begun["meterStart"] as? Int),
                    stop: try CrashRecord.moment(ended["timestamp"]),
                    meterStop: try #require(ended["meterStop"] as? Int)))
        }
        #expect(arrived.count == Set(arrived).count)
        #expect(Set(arrived) == Set(record.transactions))
        for (tag, time, energy) in record.answeredValues {
            let found = try messages.filter { message in
                guard message.transaction == tags[tag], let value = try value(message) else { return false }
                return value == (time, energy)
            }
            #expect(found.count == 1, "\(energy) Wh of \(tag) were answered and arrived \(found.count) times")
        }
    }

    /// What the host has begun and ended by itself has the energies that the boxes showed then.
    private func judgeBoxes(_ starts: [Int: CrashRecord.Message]) throws -> Int {
        var count = 0
        for box in record.boxes {
            let own = starts.filter { $0.value.payload["connectorId"] as? Int == box.connector }
            count += own.count
            #expect(own.count <= box.cars)
            var sum = 0
            for (transaction, start) in own {
                let stop = try #require(one("StopTransaction", of: transaction))
                for (message, name) in [(start, "meterStart"), (stop, "meterStop")] {
                    let energy = try #require(message.payload[name] as? Int)
                    let time = try CrashRecord.moment(message.payload["timestamp"])
                    #expect(box.showed(energy, at: time), "\(message) says what the box did not show then")
                    sum += name == "meterStop" ? energy : -energy
                }
            }
            #expect(sum <= box.energies[box.energies.count - 1].energy - box.energies[0].energy)
        }
        return count
    }

    /// The host's own books say the same, and nothing is left over.
    private func judgeBooks(_ starts: [Int: CrashRecord.Message], _ data: String) async throws {
        let storage = try await SiteStorage(path: data + "/chargehost.sqlite")
        let sessions = try await storage.sessions(
            from: WallTime(milliseconds: 0), to: WallTime(milliseconds: .max / 2))
        #expect(sessions.count == starts.count)
        for session in sessions {
            #expect(session.endedAt != nil)
            let stored = try await storage.transaction(try #require(session.transaction))
            let id = try #require(stored?.backendID)
            let stop = try #require(one("StopTransaction", of: id))
            let begun = try #require(starts[id]?.payload["meterStart"] as? Int)
            #expect(session.energy == (try meterStop(stop)) - begun)
        }
        #expect(try await storage.undelivered().isEmpty)
        #expect(try await storage.queues().isEmpty)
        #expect(try await storage.openTransactions().isEmpty)
        #expect(try await storage.database.query("PRAGMA integrity_check").first?["integrity_check"] == "ok")
        await storage.close()
    }
}
