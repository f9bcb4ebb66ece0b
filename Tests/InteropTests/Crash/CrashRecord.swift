import Foundation
import OCPP
import Testing

/// What reached the backend, in the order it came; and what really happened, as those tell who did it.
struct CrashRecord {
    /// One message as the backend stored it.
    struct Message: Hashable {
        var action: String
        var transaction: Int
        /// The payload, character by character.
        var text: String

        var payload: [String: Any] { CentralSystem.object(text) }
    }

    /// A transaction of a slave, as the slave knows it.
    struct Transaction: Hashable {
        var connector: Int
        var tag: String
        var start: Int
        var meterStart: Int
        var stop: Int
        var meterStop: Int
    }

    /// A box whose energy is counted by somebody else too.
    struct Box {
        var connector: Int
        /// Seconds since 1970 and Wh.
        var energies: [(time: Double, energy: Int)]
        var cars: Int

        /// Whether the register showed so much about this time, in milliseconds since 1970.
        func showed(_ energy: Int, at milliseconds: Int) -> Bool {
            let (slack, time) = (5.0, Double(milliseconds) / 1000)
            let before = energies.last { $0.time <= time - slack } ?? energies[0]
            let after = energies.last { $0.time <= time + slack } ?? energies[0]
            return (before.energy...after.energy).contains(energy) && energies.contains { $0.energy == energy }
        }
    }

    /// Everything the backend stored, repeats too.
    var received: [Message] = []
    var transactions: [Transaction] = []
    /// Meter values of slaves that were answered: transaction's tag, time and value.
    var answeredValues: [(tag: String, time: Int, energy: Int)] = []
    var boxes: [Box] = []

    init(backend: String, ledger: String) throws {
        for line in try String(contentsOfFile: backend, encoding: .utf8).split(separator: "\n") {
            let said = CentralSystem.object(String(line))
            guard let action = said["action"] as? String, let transaction = said["tx"] as? Int,
                let from = line.range(of: "\"p\": "), let to = line.range(of: ", \"tx\": ", options: .backwards)
            else { continue }
            received.append(
                Message(
                    action: action, transaction: transaction, text: String(line[from.upperBound..<to.lowerBound])))
        }
        for line in try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n") {
            let entry = CentralSystem.object(String(line))
            if let box = entry["box"] as? Int {
                let energies = try #require(entry["energies"] as? [[Double]])
                boxes.append(
                    Box(
                        connector: box, energies: energies.map { ($0[0], Int($0[1])) },
                        cars: try #require(entry["cars"] as? Int)))
                continue
            }
            let tag = try #require(entry["tag"] as? String)
            transactions.append(
                Transaction(
                    connector: try #require(entry["connector"] as? Int), tag: tag,
                    start: try Self.moment(entry["start"]), meterStart: try #require(entry["meterStart"] as? Int),
                    stop: try Self.moment(entry["stop"]), meterStop: try #require(entry["meterStop"] as? Int)))
            for value in try #require(entry["values"] as? [[Any]]) {
                answeredValues.append((tag, try Self.moment(value[0]), try #require(value[1] as? Int)))
            }
        }
    }

    /// In milliseconds since 1970.
    static func moment(_ text: Any?) throws -> Int {
        let text = try #require(text as? String)
        return try #require(Timestamp(text)).milliseconds
    }

    /// The messages without those that came before, in order.
    var once: [Message] {
        var seen: Set<Message> = []
        return received.filter { seen.insert($0).inserted }
    }
}
