import Host
import Storage

/// `ocpp queue`
enum OCPPQueueCommand: Subcommand {
    static let name = "ocpp queue"
    static let summary = "the stored OCPP messages, and what could not be delivered"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"])
    static let help = """
        usage: chargehost ocpp queue [--data DIR] [--json]

        Shows what waits for the OCPP backend, the transactions that are open, and what could not be delivered, with the
        reason. It works while the host runs or not.

          --data DIR   the data folder; default: that of the running host
          --json       {"queues": […], "open": […], "undelivered": […]}
        Ends with status 1 if something could not be delivered; chargehost ocpp resend sends it again.

        example: chargehost ocpp queue
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let books = try SiteBooks(arguments)
        let queue = try await books.read { storage throws(StorageError) in try await QueueDocument(storage) }
        if arguments.flags.contains("json") { try Console.json(queue) } else { show(queue) }
        return queue.undelivered.isEmpty ? .fine : .fallsShort
    }

    private static func show(_ queue: QueueDocument) {
        if queue.queues.isEmpty { Console.out("nothing waits for a backend") }
        for entry in queue.queues {
            let since = entry.oldest.map { ", the first since \($0)" } ?? ""
            Console.out(
                "\(entry.backend) as \(entry.charge_point): \(entry.waiting) wait\(since), "
                    + "\(entry.undelivered) undelivered")
        }
        if !queue.open.isEmpty {
            let rows = queue.open.map { open in
                [
                    "\(open.transaction)", open.box, "\(open.connector)", open.start,
                    EnergyText.kilowattHours(open.energy_wh), open.meter_at,
                ]
            }
            Console.out("\n" + Table(["open", "box", "connector", "start", "kWh", "last meter value"], rows).text)
        }
        if !queue.undelivered.isEmpty {
            let rows = queue.undelivered.map { entry in
                [
                    entry.transaction.map { "\($0)" } ?? "-", "\(entry.connector)", counted(entry.messages),
                    entry.since,
                    entry.reason,
                ]
            }
            Console.out("\n" + Table(["undelivered", "connector", "messages", "since", "reason"], rows).text)
        }
    }

    /// `StartTransaction, 12 MeterValues, StopTransaction`.
    private static func counted(_ messages: [String]) -> String {
        var parts: [(name: String, count: Int)] = []
        for name in messages {
            if let last = parts.indices.last, parts[last].name == name {
                parts[last].count += 1
            } else {
                parts.append((name, 1))
            }
        }
        return parts.map { $0.count == 1 ? $0.name : "\($0.count) \($0.name)" }.joined(separator: ", ")
    }
}
