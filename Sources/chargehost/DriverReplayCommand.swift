import DriverPrograms

/// `driver replay`
enum DriverReplayCommand: Subcommand {
    static let name = "driver replay"
    static let summary = "says to a driver what was recorded, and compares"
    static let accepted = Arguments.Accepted(flags: ["any-values", "json"], positionals: 2...2)
    static let help = """
        usage: chargehost driver replay DIR FILE [--any-values] [--json]

        Starts the driver in a folder with the device that its manifest has for that, says to it what the host said in a
        recorded conversation, and compares every answer and notification with what came then. Ages and log lines are not
        compared. Ends with status 1 if something differs.

          --any-values   values are compared by their kind alone: for a device that measures
          --json         one JSON document

        example: chargehost driver replay drivers/http-meter recorded.jsonl
        """

    struct Row: Encodable {
        var line: Int?
        var expected: String
        var found: String
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let tape = try DriverTapeFile.read(arguments.positionals[1])
        let rows: [Row]
        do {
            rows = try await DriverTape(arguments.positionals[0])
                .replay(tape, anyValues: arguments.flags.contains("any-values"))
                .map { Row(line: $0.line, expected: $0.expected, found: $0.found) }
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else {
            for row in rows {
                let place = row.line.map { "\(arguments.positionals[1]):\($0)" } ?? arguments.positionals[1]
                Console.out("\(place)\n  then: \(row.expected)\n  now:  \(row.found)")
            }
            Console.out(rows.isEmpty ? "\(tape.lines.count) lines, all as they were" : "\(rows.count) differences")
        }
        return rows.isEmpty ? .fine : .fallsShort
    }
}
