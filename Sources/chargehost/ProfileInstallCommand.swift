import Host

/// `profile install`
enum ProfileInstallCommand: Subcommand {
    static let name = "profile install"
    static let summary = "adds a profile from a file, a URL or an index"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile install FILE | URL | ID [--data DIR] [--json]

        Checks a profile by every rule, runs its tests, and puts it into the data folder, where it goes before that of the
        program. An id gets the newest version that a trusted index offers. A profile that an index lists must be what the
        index lists, byte for byte; one that no index lists is a draft: it is read only, until it is confirmed.

          --data DIR   the data folder of the host; default as for run
          --json       [{"profile", "version", "before", "standing", "index", "file", "tests_passed", "merged", "changes",
                       "kept"}]
        Ends with status 1 if it has errors or its tests fail, 3 if it cannot be fetched, 4 if its bytes were changed or it
        was withdrawn.

        example: chargehost profile install https://example.org/profiles/wallbox/acme.one.yaml
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        Console.progress("checking \(arguments.positionals[0]) …")
        defer { Console.progress("") }
        do throws(InstallProblem) {
            let outcome = try await choice.installer.install(arguments.positionals[0])
            Console.progress("")
            await choice.tellHost()
            return show([outcome], json: arguments.flags.contains("json"))
        } catch {
            throw CommandFailure(error)
        }
    }

    static func show(_ outcomes: [ProfileInstaller.Outcome], json: Bool) -> ExitStatus {
        if json {
            try? Console.json(outcomes)
            return .fine
        }
        for outcome in outcomes { Console.out(lines(outcome).joined(separator: "\n")) }
        return .fine
    }

    private static func lines(_ outcome: ProfileInstaller.Outcome) -> [String] {
        let before = outcome.before.map { ", was \($0)" } ?? ""
        var lines = [
            "\(outcome.profile) \(outcome.version)\(before), \(outcome.tests_passed) tests pass: \(outcome.file)"
        ]
        lines += outcome.changes.map { "  " + $0 }
        if outcome.merged { lines.append("  local changes were merged into it") }
        if let kept = outcome.kept { lines.append("  what was there is kept in \(kept)") }
        if let index = outcome.index {
            lines.append("  listed by the index '\(index)'")
        } else {
            lines.append(
                "  a draft: its devices are only read, stopped and lowered until somebody has confirmed it with the box in "
                    + "view: chargehost profile confirm \(outcome.profile) --statement TEXT")
        }
        return lines
    }
}
