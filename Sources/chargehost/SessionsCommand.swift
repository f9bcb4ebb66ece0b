import Host
import Storage

/// `sessions`
enum SessionsCommand: Subcommand {
    static let name = "sessions"
    static let summary = "what was charged: box, card, start, end, energy"
    static let accepted = Arguments.Accepted(values: ["from", "to", "data"], flags: ["csv", "json"])
    static let help = """
        usage: chargehost sessions [--from TIME] [--to TIME] [--csv | --json] [--data DIR]

        Lists the charging sessions that began from TIME on and before TIME, oldest first, while the host runs or not.

          --from TIME   a day in UTC such as 2026-08-01, or a moment such as 2026-08-01T00:00:00+02:00
          --to TIME     the same; what began at it or later is left out
          --csv         comma-separated values for a spreadsheet, with the names of the columns
          --json        a list of {"box","card","start","end","energy_wh",…}, times in UTC
          --data DIR    the data folder; default: that of the running host

        example: chargehost sessions --from 2026-08-01 --to 2026-09-01 --csv > august.csv
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        guard !arguments.flags.isSuperset(of: ["csv", "json"]) else {
            throw UsageError("--csv and --json exclude each other")
        }
        let span: SessionSpan
        do {
            span = try SessionSpan(from: arguments.value("from"), to: arguments.value("to"))
        } catch {
            throw UsageError(error.description)
        }
        let sessions = try await SiteBooks(arguments).read { storage throws(StorageError) in
            try await storage.sessions(from: span.from, to: span.to)
        }.map { SessionDocument($0) }
        if arguments.flags.contains("json") {
            try Console.json(sessions)
        } else if arguments.flags.contains("csv") {
            Console.write(SessionSheet.text(sessions), to: 1)
        } else {
            show(sessions)
        }
        return .fine
    }

    private static func show(_ sessions: [SessionDocument]) {
        guard !sessions.isEmpty else { return Console.out("no sessions") }
        let rows = sessions.map { session in
            [
                session.box, session.card ?? "-", session.start, session.end ?? "charging",
                session.energy_wh.map(EnergyText.kilowattHours) ?? "-", session.reason ?? "",
            ]
        }
        Console.out(Table(["box", "card", "start", "end", "kWh", "reason"], rows).text)
        let total = sessions.compactMap(\.energy_wh).reduce(0, +)
        let noun = sessions.count == 1 ? "session" : "sessions"
        Console.out("\(sessions.count) \(noun), \(EnergyText.kilowattHours(total)) kWh")
    }
}

/// Energy for people.
enum EnergyText {
    /// Wh as kWh with three places: `7.350`.
    static func kilowattHours(_ wattHours: Int) -> String {
        let rest = String(wattHours.magnitude % 1000)
        let places = String(repeating: "0", count: 3 - rest.count) + rest
        return "\(wattHours < 0 ? "-" : "")\(wattHours.magnitude / 1000).\(places)"
    }
}
