import Foundation
import Host

/// `licence trial`
enum LicenceTrialCommand: Subcommand {
    static let name = "licence trial"
    static let summary = "five boxes of other makes for ninety days, once"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...0)
    static let help = """
        usage: chargehost licence trial [--data DIR] [--json]

        Begins the trial of the running host: for ninety days it may control five wallboxes of other makes. There is one trial
        for a host.

          --data DIR   the data folder of the host; default as for run
          --json       as for licence show
        Ends with status 3 if no host runs, 4 if the trial was used.

        example: chargehost licence trial
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        do throws(HostQuestion.Failure) {
            let answer = try await HostQuestion(data: arguments.value("data")).ask("POST", "/api/v1/licence/trial")
            return try LicenceText.show(answer, json: arguments.flags.contains("json"))
        } catch {
            throw CommandFailure(error)
        }
    }
}
