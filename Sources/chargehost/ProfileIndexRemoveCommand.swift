import Host
import ProfileTrust

/// `profile index remove`
enum ProfileIndexRemoveCommand: Subcommand {
    static let name = "profile index remove"
    static let summary = "trusts an index no more"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile index remove NAME [--data DIR] [--json]

        Trusts an index no more. What only it lists is a draft from now on: read only, until somebody has confirmed it.

          --data DIR   the data folder of the host; default as for run
          --json       {"removed"}

        example: chargehost profile index remove friends
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let name = arguments.positionals[0]
        do throws(TrustProblem) { try choice.folder.removeIndex(name) } catch { throw CommandFailure(error) }
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(["removed": name])
        } else {
            Console.out("\(name) is trusted no more")
        }
        return .fine
    }
}
