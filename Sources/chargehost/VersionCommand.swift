import Host

/// `version`
enum VersionCommand: Subcommand {
    static let name = "version"
    static let summary = "what is installed"
    static let accepted = Arguments.Accepted(flags: ["json"])
    static let help = """
        usage: chargehost version [--json]

        Prints the versions of chargehost, its interfaces and its libraries.

        example: chargehost version --json
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let versions = HostVersion.all()
        if arguments.flags.contains("json") {
            try Console.json(Dictionary(uniqueKeysWithValues: versions.map { ($0.name, $0.version) }))
        } else {
            Console.out(versions.map { "\($0.name) \($0.version)" }.joined(separator: "\n"))
        }
        return .fine
    }
}
