import Host

/// `ocpp close`
enum OCPPCloseCommand: Subcommand {
    static let name = "ocpp close"
    static let summary = "end the session of a box that does not come back"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost ocpp close TX [--data DIR] [--json]

        Ends an open transaction at its last meter value, with the reason Other, and queues its end for the backend. For a
        slave that is gone for good: one that is connected ends its own, and is refused here.

          TX           the local id, as ocpp queue shows it
          --data DIR   the data folder; default: that of the running host
          --json       {"transaction","box","connector","start","end","energy_wh"}
        Ends with status 2 if there is no such transaction, 4 if it has ended or its box is there.

        example: chargehost ocpp close 27912345
        """

    private struct Request: Encodable { var transaction: Int }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let transaction = try TransactionText.id(arguments.positionals[0])
        let books = try SiteBooks(arguments)
        let closed =
            if books.isRunning {
                try await books.ask("/api/v1/ocpp/close", Request(transaction: transaction), OCPPOrders.Closed.self)
            } else {
                try await books.write { try await OCPPOrders($0).close(transaction) }
            }
        if arguments.flags.contains("json") {
            try Console.json(closed)
        } else {
            Console.out(
                "\(closed.box): transaction \(closed.transaction) ended at \(closed.end) with "
                    + "\(EnergyText.kilowattHours(closed.energy_wh)) kWh")
        }
        return .fine
    }
}
