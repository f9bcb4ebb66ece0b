import DeviceProfiles
import Host
import ProfileTesting

/// `profile test`
enum ProfileTestCommand: Subcommand {
    static let name = "profile test"
    static let summary = "runs the tests in profiles"
    static let accepted = Arguments.Accepted(flags: ["json", "verbose"], positionals: 0...1000)
    static let help = """
        usage: chargehost profile test [FILE | DIR | ID]… [--verbose] [--json]

        Runs the tests that profiles carry, with the real driver against the simulated device on a virtual clock;
        without a name those of all the library. Checks too that no other profile of the library takes their devices
        for its own. Ends with `N passed, N failed`, and with status 1 if one failed.

          --verbose   every test, and what is not covered
          --json      one document: tests, diagnostics, coverage

        example: chargehost profile test Profiles/wallbox/keba.p30.yaml
        """

    struct Result: Encodable {
        struct Test: Encodable {
            var name: String
            var passed: Bool
        }
        var profile: String
        var file: String
        var tests: [Test]
        var diagnostics: [Diagnostic]
        var coverage_percent: Int
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let library = ProfileLibrary()
        let loaded = try ProfileFiles.load(arguments.positionals, library: library)
        let all = try ProfileFiles.load([], library: library).compactMap(\.load.document)
        var results: [Result] = []
        var passed = 0
        var failed = 0
        for item in loaded {
            let errors = item.load.diagnostics.filter { $0.severity == .error }
            guard let document = item.load.document, errors.isEmpty else {
                for diagnostic in errors { Console.error(diagnostic.description) }
                failed += 1
                results.append(
                    Result(profile: item.file, file: item.file, tests: [], diagnostics: errors, coverage_percent: 0))
                continue
            }
            Console.progress("testing \(document.profile.id) …")
            let others = all.filter { $0.profile.id != document.profile.id }
            let report = await ProfileTestRunner(profile: document, file: item.file, library: others).run()
            Console.progress("")
            passed += report.passed
            failed += report.failed
            if !arguments.flags.contains("json") { show(report, arguments.flags.contains("verbose")) }
            results.append(
                Result(
                    profile: document.profile.id, file: item.file,
                    tests: report.outcomes.map { .init(name: $0.name, passed: $0.hasPassed) },
                    diagnostics: report.diagnostics, coverage_percent: report.coverage.percent))
        }
        let overlapping = results.flatMap(\.diagnostics).contains { $0.severity == .error }
        if arguments.flags.contains("json") {
            try Console.json(results)
        } else {
            Console.out("\(passed) passed, \(failed) failed")
        }
        return failed == 0 && !overlapping ? .fine : .fallsShort
    }

    private static func show(_ report: ProfileTestReport, _ verbose: Bool) {
        for diagnostic in report.diagnostics { Console.out(diagnostic.description) }
        guard verbose else { return }
        for outcome in report.outcomes {
            Console.out("\(outcome.hasPassed ? "ok  " : "FAIL")  \(report.profile): \(outcome.name)")
        }
        let coverage = report.coverage
        Console.out("\(report.profile): \(coverage.percent) % covered")
        for (kind, share) in [
            ("points", coverage.points), ("members", coverage.members), ("writes", coverage.writes),
            ("variants", coverage.variants),
        ] where !share.missing.isEmpty {
            Console.out("  \(kind) not covered: \(share.missing.joined(separator: ", "))")
        }
    }
}
