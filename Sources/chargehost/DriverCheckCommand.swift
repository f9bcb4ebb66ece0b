import DriverPrograms
import Foundation

/// `driver check`
enum DriverCheckCommand: Subcommand {
    static let name = "driver check"
    static let summary = "tries a driver program against every rule"
    static let accepted = Arguments.Accepted(values: ["record"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost driver check DIR [--record FILE] [--json]

        Starts the driver in a folder with the device that its manifest has for that (check:), and tries it against the
        rules D001 to D018 of the driver protocol. Each has a verdict: passed, failed or skipped, with the reason. Ends with
        status 1 if one failed.

          --record FILE   keeps what was said, as JSON lines for driver replay
          --json          one JSON document

        example: chargehost driver check drivers/http-meter
        """

    struct Row: Encodable {
        var rule: String
        var title: String
        var outcome: String
        var reason: String
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let (verdicts, tape) = await DriverCheck(arguments.positionals[0]).recorded()
        if let file = arguments.value("record") { try DriverTapeFile.write(tape, to: file) }
        let rows = verdicts.map {
            Row(rule: $0.rule.rawValue, title: $0.rule.title, outcome: $0.outcome.rawValue, reason: $0.reason)
        }
        let failed = rows.count { $0.outcome == "failed" }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else {
            for row in rows {
                let reason = row.reason.isEmpty ? "" : "\n      \(row.reason)"
                Console.out("\(row.rule)  \(row.outcome.padding(to: 8))\(row.title)\(reason)")
            }
            let (passed, skipped) = (rows.count { $0.outcome == "passed" }, rows.count { $0.outcome == "skipped" })
            Console.out("\(passed) passed, \(failed) failed, \(skipped) skipped")
        }
        return failed > 0 ? .fallsShort : .fine
    }
}
