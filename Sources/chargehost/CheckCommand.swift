import Host

/// `check`
enum CheckCommand: Subcommand {
    static let name = "check"
    static let summary = "site files: addresses, circuits, fall-back currents, lines"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...100)
    static let help = """
        usage: chargehost check FILE… [--data DIR] [--json]

        Checks site files without touching a device: addresses and unit clashes, circuits, profiles and options, what the
        boxes do by themselves against every limit, the reaction time of every circuit, and the load of every line in %.
        A warning says which boxes would not be started by their profiles, because nobody vouches for them. Ends with status 1
        if there is an error.

          --data DIR   the data folder, with installed profiles and confirmations; default as for run
          --json       one document with problems, circuits and lines

        example: chargehost check site.yaml
        """

    struct Result: Encodable {
        struct Problem: Encodable {
            var file: String
            var line: Int?
            var column: Int?
            var code: String
            var severity: String
            var message: String
        }
        var file: String
        var problems: [Problem]
        var circuits: [SiteCheck.CircuitReport]
        var failsafes: [SiteCheck.FailSafeReport]
        var lines: [SiteCheck.LineReport]
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        var results: [Result] = []
        var failed = false
        for file in arguments.positionals {
            var (site, problems) = try SiteFiles.examine(file)
            var report = SiteCheck.Report()
            if let site {
                let folder = TrustFolder(data: DataFolder.path(given: arguments.value("data"), site: site.name))
                let library = ProfileLibrary(site: site, installed: folder.profiles)
                report = SiteCheck(site, library: library).report()
                problems += report.problems
                problems += TrustCheck(site, library: library, rules: .builtIn(library), folder: folder).problems()
            }
            failed = failed || problems.contains { $0.severity == .error }
            if !arguments.flags.contains("json") { show(file, problems, report) }
            results.append(
                Result(
                    file: file,
                    problems: problems.map {
                        .init(
                            file: file, line: $0.mark?.line, column: $0.mark?.column, code: $0.code.rawValue,
                            severity: $0.severity.rawValue, message: $0.message)
                    }, circuits: report.circuits, failsafes: report.failSafes, lines: report.lines))
        }
        if arguments.flags.contains("json") { try Console.json(results) }
        return failed ? .fallsShort : .fine
    }

    private static func show(_ file: String, _ problems: [SiteProblem], _ report: SiteCheck.Report) {
        for problem in problems { Console.out(problem.text(file: file)) }
        for circuit in report.circuits { Console.out(circuit.text) }
        for box in report.failSafes { Console.out(box.text) }
        for line in report.lines { Console.out(line.text) }
        let errors = problems.filter { $0.severity == .error }.count
        Console.out("\(file): \(errors) errors, \(problems.count - errors) warnings")
    }
}
