import Host

/// `doctor`
enum DoctorCommand: Subcommand {
    static let name = "doctor"
    static let summary = "whether this machine can run a site"
    static let accepted = Arguments.Accepted(values: ["site", "data"], flags: ["json"])
    static let help = """
        usage: chargehost doctor [--site FILE] [--data DIR] [--json]

        Checks this machine: libraries, the profile library, serial lines and their permissions, descriptors, the clock
        and its synchronisation, the data folder. Each finding says what to do. Ends with status 1 if one is bad.

          --site FILE   checks the lines and the data folder of this site as well
          --data DIR    the data folder to check

        example: chargehost doctor --site /etc/chargehost/site.yaml
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let site = try arguments.value("site").map { try SiteFiles.read($0).site }
        let findings = Doctor(site: site, data: arguments.value("data")).examine()
        if arguments.flags.contains("json") {
            try Console.json(findings)
        } else {
            for finding in findings {
                Console.out("\(finding.state.rawValue.padding(to: 8))\(finding.subject): \(finding.text)")
            }
        }
        return findings.contains { $0.state == .bad } ? .fallsShort : .fine
    }
}

extension String {
    /// The text, filled with blanks to `width` characters.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
