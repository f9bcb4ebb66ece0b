import Host
import ProfileTrust

/// `profile index list`
enum ProfileIndexListCommand: Subcommand {
    static let name = "profile index list"
    static let summary = "the indexes that are trusted"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...0)
    static let help = """
        usage: chargehost profile index list [--data DIR] [--json]

        Lists the indexes that are trusted, with what came of reading them.

          --data DIR   the data folder of the host; default as for run
          --json       [{"name", "source", "key", "serial", "profiles", "problem"}]
        Ends with status 4 if one does not count.

        example: chargehost profile index list
        """

    struct Row: Encodable {
        var name: String
        var source: String
        var key: String
        var serial: Int?
        var profiles: Int?
        var problem: String?
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        var indexes = choice.library.ownFolder.map { [StoredIndex.own(in: $0)] } ?? []
        do throws(TrustProblem) { indexes += try choice.folder.storedIndexes() } catch { throw CommandFailure(error) }
        let rows = indexes.compactMap { index -> Row? in
            guard let found = index.read() ?? (index.isOwn ? nil : .failure(.unreadable("it is not there"))) else {
                return nil
            }
            var row = Row(
                name: index.name, source: index.source ?? "came with the program",
                key: index.keys.map(\.name).joined(separator: " "))
            switch found {
            case .success(let list): (row.serial, row.profiles) = (list.serial, list.entries.count)
            case .failure(let refusal): row.problem = refusal.description
            }
            return row
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else {
            Console.out(
                Table(
                    ["index", "serial", "profiles", "key", "source"],
                    rows.map {
                        [
                            $0.name, $0.serial.map(String.init) ?? "-", $0.profiles.map(String.init) ?? "-", $0.key,
                            $0.source,
                        ]
                    }
                ).text)
            for row in rows { if let problem = row.problem { Console.out("\(row.name) does not count: \(problem)") } }
        }
        return rows.allSatisfy { $0.problem == nil } ? .fine : .refused
    }
}
