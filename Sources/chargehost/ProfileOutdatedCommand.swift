import Host
import ProfileTrust

/// `profile outdated`
enum ProfileOutdatedCommand: Subcommand {
    static let name = "profile outdated"
    static let summary = "which profiles have newer versions, or were withdrawn"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...0)
    static let help = """
        usage: chargehost profile outdated [--data DIR] [--json]

        Lists the profiles for which a trusted index has a newer version, and those that were withdrawn, by the indexes as
        they were fetched last. Changes nothing and fetches nothing.

          --data DIR   the data folder of the host; default as for run
          --json       [{"profile", "version", "newest", "step", "pinned", "withdrawn"}]
        Ends with status 1 if there is one.

        example: chargehost profile outdated
        """

    struct Row: Encodable {
        var profile: String
        var version: String
        var newest: String?
        var step: String?
        var pinned: Bool
        var withdrawn: String?
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let rows: [Row]
        do throws(InstallProblem) {
            rows = try self.rows(choice)
        } catch {
            throw CommandFailure(error)
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else if rows.isEmpty {
            Console.out("everything is up to date")
        } else {
            Console.out(
                Table(
                    ["profile", "version", "newest", "", ""],
                    rows.map {
                        [
                            $0.profile, $0.version, $0.newest ?? "-", $0.pinned ? "pinned" : $0.step ?? "",
                            $0.withdrawn.map { "withdrawn: \($0)" } ?? "",
                        ]
                    }
                ).text)
        }
        return rows.isEmpty ? .fine : .fallsShort
    }

    private static func rows(_ choice: TrustChoice) throws(InstallProblem) -> [Row] {
        let installer = choice.installer
        let pins: [String: String]
        do throws(TrustProblem) { pins = try choice.folder.pins() } catch { throw .trust(error) }
        var rows: [Row] = []
        for entry in choice.library.entries() {
            let newer = try installer.isOutdated(entry.id)
            var reason: String?
            if case .withdrawn(_, let why) = try installer.standing(ofFile: entry.file) { reason = why }
            guard newer != nil || reason != nil else { continue }
            let version = installer.version(of: entry.id) ?? "-"
            rows.append(
                Row(
                    profile: entry.id, version: version, newest: newer?.after,
                    step: newer.map { SemanticOrder.step(from: $0.before, to: $0.after).rawValue },
                    pinned: pins[entry.id] != nil, withdrawn: reason))
        }
        return rows
    }
}
