import Foundation
import Host

/// `licence show`
enum LicenceShowCommand: Subcommand {
    static let name = "licence show"
    static let summary = "which boxes may be controlled, and by which licences"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...0)
    static let help = """
        usage: chargehost licence show [--data DIR] [--json]

        Power Brain boxes need no licence, in any number. Of wallboxes of other makes three may be controlled; every licence
        adds more. A box without a place is read and counted with all it may draw, but never started or raised.
        Shows the running host's licences, its identity, which a vendor needs to issue one, and who has a place.

          --data DIR   the data folder of the host; default as for run
          --json       {"host", "places", "taken", "trial_ends", "trial_available", "files", "boxes", "warnings"}
        Ends with status 3 if no host runs.

        example: chargehost licence show
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        do throws(HostQuestion.Failure) {
            let answer = try await HostQuestion(data: arguments.value("data")).ask("GET", "/api/v1/licence")
            return try LicenceText.show(answer, json: arguments.flags.contains("json"))
        } catch {
            throw CommandFailure(error)
        }
    }
}
