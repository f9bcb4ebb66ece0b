import Host

/// `ocpp resend`
enum OCPPResendCommand: Subcommand {
    static let name = "ocpp resend"
    static let summary = "send what could not be delivered again"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...1)
    static let help = """
        usage: chargehost ocpp resend [TX] [--data DIR] [--json]

        Puts what could not be delivered back at the end of its queue, whole transactions in their order, with all attempts
        to come. A running host sends it at once, otherwise the next one does.

          TX           the local id of one transaction, as ocpp queue shows it; without: all
          --data DIR   the data folder; default: that of the running host
          --json       {"messages": 3, "left": 0}
        Ends with status 1 if a stop is left that belongs to no transaction: without an id it cannot be sent.

        example: chargehost ocpp resend
        """

    private struct Request: Encodable { var transaction: Int? }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let transaction = try arguments.positionals.first.map(TransactionText.id)
        let books = try SiteBooks(arguments)
        let resent =
            if books.isRunning {
                try await books.ask("/api/v1/ocpp/resend", Request(transaction: transaction), OCPPOrders.Resent.self)
            } else {
                try await books.write { try await OCPPOrders($0).resend(transaction) }
            }
        if arguments.flags.contains("json") { try Console.json(resent) } else { show(resent, books.isRunning) }
        return resent.left == 0 ? .fine : .fallsShort
    }

    private static func show(_ resent: OCPPOrders.Resent, _ isRunning: Bool) {
        let messages = "\(resent.messages) message\(resent.messages == 1 ? "" : "s")"
        Console.out(
            resent.messages == 0
                ? "nothing could be sent again"
                : isRunning ? "\(messages) sent again as soon as the backend is there" : "\(messages) for the next host"
        )
        if resent.left > 0 {
            Console.error("\(resent.left) belong to no transaction and stay; ocpp queue shows them")
        }
    }
}

/// Local ids of transactions as people write them.
enum TransactionText {
    /// The id. Throws ``UsageError``.
    static func id(_ text: String) throws -> Int {
        guard let id = Int(text), id > 0 else {
            throw UsageError("\"\(text)\" is no transaction; chargehost ocpp queue lists them")
        }
        return id
    }
}
