import DeviceProfiles
import Host

/// `profile list`
enum ProfileListCommand: Subcommand {
    static let name = "profile list"
    static let summary = "the profiles there are"
    static let accepted = Arguments.Accepted(values: ["folder"], flags: ["json"])
    static let help = """
        usage: chargehost profile list [--folder DIR]… [--json]

        Lists the profiles of the library, and those of the folders given.

          --folder DIR   a further folder; its profiles go before the library's
          --json         one JSON document

        example: chargehost profile list --json
        """

    struct Row: Encodable {
        var id: String
        var version: String
        var `class`: String
        var title: String
        var products: [String]
        var local: Bool
        var file: String
        var errors: Int
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let library = ProfileLibrary(local: arguments.values["folder"] ?? [])
        if library.folders.isEmpty {
            throw CommandFailure(.fallsShort, "no library was found; set CHARGEHOST_PROFILES to its folder")
        }
        let rows = try library.entries().map { entry in
            let load = try library.load(entry.file)
            let profile = load.document?.profile
            return Row(
                id: profile?.id ?? entry.id, version: profile?.versionText ?? "-",
                class: profile?.deviceClass.rawValue ?? "-", title: profile?.title.description ?? "(has errors)",
                products: profile?.products.map { "\($0.brand) \($0.model)" } ?? [], local: entry.isLocal,
                file: entry.file, errors: load.diagnostics.filter { $0.severity == .error }.count)
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else {
            Console.out(
                Table(
                    ["profile", "version", "class", "title", ""],
                    rows.map { [$0.id, $0.version, $0.class, $0.title, $0.local ? "local" : ""] }
                ).text)
        }
        return .fine
    }
}
