/// `ocpp close`
enum OCPPCloseCommand: Subcommand {
    static let name = "ocpp close"
    static let summary = "ends the transaction of a box that never comes back"
    static let accepted = Arguments.Accepted(values: ["data"], positionals: 1...1)
    static let help = """
        usage: chargehost ocpp close TRANSACTION [--data DIR]

        Ends a transaction at its last meter value, with the reason Other, for a box that never comes back.

          TRANSACTION  its number
          --data DIR   the data folder of the host; default as for run
        Ends with status 3 if no host runs.

        example: chargehost ocpp close 28047766
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let body = try OCPPQuestion.transaction(arguments).map { "{\"transaction\": \($0)}" } ?? "{}"
        _ = try await OCPPQuestion.ask("POST", "/api/v1/ocpp/close", Array(body.utf8), arguments)
        Console.out("it has ended")
        return .fine
    }
}
