import Host

/// `ocpp keys`
enum OCPPKeysCommand: Subcommand {
    static let name = "ocpp keys"
    static let summary = "the configuration keys of OCPP, with scope, range and what they do"
    static let accepted = Arguments.Accepted(flags: ["json"])
    static let help = """
        usage: chargehost ocpp keys [--json]

        Lists the configuration keys that a backend can ask for and change. Scope: Both is one value for all connectors;
        Individual is one for each, connector n with _n behind the name; Not relevant is the whole station; Master counts
        here only.

          --json   one JSON document

        example: chargehost ocpp keys
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        if arguments.flags.contains("json") {
            try Console.json(KeyTable.all)
        } else {
            let rows = KeyTable.all.map { [$0.name, $0.scope, $0.access, $0.standard_value ?? "", $0.text] }
            Console.out(Table(["key", "scope", "access", "default", "what it does"], rows).text)
        }
        return .fine
    }
}
