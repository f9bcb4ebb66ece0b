import Host

/// `ocpp keys`
enum OCPPKeysCommand: Subcommand {
    static let name = "ocpp keys"
    static let summary = "the OCPP configuration keys with their scopes"
    static let accepted = Arguments.Accepted(flags: ["json"], positionals: 0...1)
    static let help = """
        usage: chargehost ocpp keys [NAME] [--json]

        Prints the configuration keys that a backend can read and set: scope, access, type, default, range, whether a change
        needs a reboot, and whether the standard names it. With NAME only the keys whose names hold it.

          --json   a list of {"name","scope","access","type","default","range","reboot","standard","description"}
        Ends with status 1 if no key has NAME.

        example: chargehost ocpp keys MeterValue
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let wanted = arguments.positionals.first?.lowercased()
        let keys = KeyDocument.all.filter { key in wanted.map { key.name.lowercased().contains($0) } ?? true }
        if arguments.flags.contains("json") {
            try Console.json(keys)
        } else if keys.isEmpty {
            Console.error("no key has \"\(arguments.positionals[0])\" in its name")
        } else {
            Console.out(Table(["key", "scope", "access", "type", "default", "reboot", "of", ""], keys.map(row)).text)
            if keys.count <= 3 { for key in keys where !key.range.isEmpty { Console.out("\(key.name): \(key.range)") } }
        }
        return keys.isEmpty ? .fallsShort : .fine
    }

    private static func row(_ key: KeyDocument) -> [String] {
        let short = (key.default ?? "-").count > 30 ? "…" : key.default ?? "-"
        return [
            key.name, key.scope, key.access, key.type, short, key.reboot ? "yes" : "", key.standard ? "OCPP" : "ours",
            key.description,
        ]
    }
}
