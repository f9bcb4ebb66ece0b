import Host

/// `profile remove`
enum ProfileRemoveCommand: Subcommand {
    static let name = "profile remove"
    static let summary = "takes an installed profile away; its file is kept"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile remove ID [--data DIR] [--json]

        Takes an installed profile away. Where the program brings one of that id, devices go on with that. The file is kept in
        trust/kept of the data folder.

          --data DIR   the data folder of the host; default as for run
          --json       {"removed", "kept"}

        example: chargehost profile remove acme.one
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let id = arguments.positionals[0]
        let kept: String
        do throws(InstallProblem) { kept = try choice.installer.remove(id) } catch { throw CommandFailure(error) }
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(["removed": id, "kept": kept])
        } else {
            Console.out("\(id) is removed; its file is kept in \(kept)")
        }
        return .fine
    }
}
