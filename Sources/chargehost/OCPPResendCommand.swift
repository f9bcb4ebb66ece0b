/// `ocpp resend`
enum OCPPResendCommand: Subcommand {
    static let name = "ocpp resend"
    static let summary = "sends what could not be delivered again"
    static let accepted = Arguments.Accepted(values: ["data"], positionals: 0...1)
    static let help = """
        usage: chargehost ocpp resend [TRANSACTION] [--data DIR]

        Puts what could not be delivered at the end of its queue, whole transactions in their order: of one transaction, or
        of all.

          TRANSACTION  its number, as ocpp queue shows it
          --data DIR   the data folder of the host; default as for run
        Ends with status 3 if no host runs.

        example: chargehost ocpp resend
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let body = try OCPPQuestion.transaction(arguments).map { "{\"transaction\": \($0)}" } ?? "{}"
        _ = try await OCPPQuestion.ask("POST", "/api/v1/ocpp/resend", Array(body.utf8), arguments)
        Console.out("it is sent again")
        return .fine
    }
}
