import Foundation
import Host

/// `ocpp queue`
enum OCPPQueueCommand: Subcommand {
    static let name = "ocpp queue"
    static let summary = "what waits for the backend, and what could not be delivered"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"])
    static let help = """
        usage: chargehost ocpp queue [--data DIR] [--json]

        Shows the queue of every backend the running host has had, and the messages that could not be delivered.

          --data DIR   the data folder of the host; default as for run
          --json       one JSON document
        Ends with status 1 if something could not be delivered, 3 if no host runs.

        example: chargehost ocpp queue
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let answer = try await OCPPQuestion.ask("GET", "/api/v1/ocpp/queue", [], arguments)
        guard let document = try? JSONDecoder().decode(QueueDocument.self, from: Data(answer)) else {
            throw CommandFailure(.noAnswer, "the host gave an answer that cannot be read")
        }
        if arguments.flags.contains("json") { try Console.json(document) } else { show(document) }
        return document.undelivered.isEmpty ? .fine : .fallsShort
    }

    private static func show(_ document: QueueDocument) {
        if document.queues.isEmpty { return Console.out("nothing waits") }
        for queue in document.queues {
            let oldest = queue.oldest.map { ", the oldest since \($0)" } ?? ""
            Console.out("\(queue.backend) as \(queue.charge_point): \(queue.waiting) wait\(oldest)")
        }
        guard !document.undelivered.isEmpty else { return }
        let rows = document.undelivered.map {
            [$0.transaction.map(String.init) ?? "", "\($0.connector)", $0.kind, $0.queued, $0.reason]
        }
        Console.out(Table(["transaction", "connector", "undelivered", "stored", "reason"], rows).text)
    }
}
