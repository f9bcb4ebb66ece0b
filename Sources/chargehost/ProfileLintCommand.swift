import DeviceProfiles
import Host

/// `profile lint`
enum ProfileLintCommand: Subcommand {
    static let name = "profile lint"
    static let summary = "checks profiles"
    static let accepted = Arguments.Accepted(flags: ["json", "sarif"], positionals: 0...1000)
    static let help = """
        usage: chargehost profile lint [FILE | DIR | ID]… [--json | --sarif]

        Checks profiles by every rule of the language; without a name all of the library. Each finding is
        file:line:column code text. Ends with status 1 if there is an error.

          --json    a list of {file, line, column, code, severity, message}
          --sarif   SARIF 2.1.0, for comments on pull requests

        example: chargehost profile lint Profiles/wallbox/keba.p30.yaml
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let loaded = try ProfileFiles.load(arguments.positionals, library: ProfileLibrary())
        let diagnostics = loaded.flatMap(\.load.diagnostics)
        let errors = diagnostics.filter { $0.severity == .error }.count
        if arguments.flags.contains("json") {
            try Console.json(diagnostics)
        } else if arguments.flags.contains("sarif") {
            Console.out(DiagnosticReport.sarif(diagnostics, toolVersion: HostVersion.chargehost))
        } else {
            for diagnostic in diagnostics { Console.out(diagnostic.description) }
            let warnings = diagnostics.count - errors
            Console.error("\(loaded.count) profiles, \(errors) errors, \(warnings) warnings")
        }
        return errors == 0 ? .fine : .fallsShort
    }
}
