import Host

/// `scan tcp`
enum ScanTCPCommand: Subcommand {
    static let name = "scan tcp"
    static let summary = "the devices of a host or a network"
    static let accepted = Arguments.Accepted(values: ["units", "site", "data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost scan tcp HOST[:PORT] | NET/24 [--units LIST] [--site FILE] [--data DIR] [--json]

        Looks for Modbus TCP devices on the ports \(ScanTarget.ports.map(String.init).joined(separator: ", ")), or on PORT, and prints an entry for the site file for
        each. Nothing is written to any device. What a running host has open is shown and left alone. Ends with status 3 if
        nothing answers.

          HOST[:PORT]    192.168.2.40, 192.168.2.40:4701 or box.local
          NET/24         192.168.2.0/24; at most 4096 addresses (/20)
          --units LIST   the unit ids to ask, for gateways: 1-32 or 1,5,20-25; default: those that new devices have
          --site FILE    a site file: ids that are taken
          --data DIR     the data folder of the running host
          --json         what was searched and found, as one document

        example: chargehost scan tcp 192.168.2.0/24
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let site = try arguments.value("site").map { try SiteFiles.read($0).site }
        do throws(ScanError) {
            let target = try ScanTarget(arguments.positionals[0])
            var units: [UInt8]?
            if let text = arguments.value("units") { units = try ScanUnits.parse(text, on: 0...255) }
            let report = try await ScanAccess(data: arguments.value("data"), library: ScanText.library(site)).tcp(
                target, units: units, progress: Console.progress)
            return try ScanText.show(report, besides: site, arguments)
        } catch {
            throw CommandFailure(error)
        }
    }
}
