import Host

/// `scan serial`
enum ScanSerialCommand: Subcommand {
    static let name = "scan serial"
    static let summary = "the devices on a serial line"
    static let accepted = Arguments.Accepted(values: ["units", "site", "data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost scan serial LINE [--units 1-32] [--site FILE] [--data DIR] [--json]

        Asks the units of a line who they are and prints an entry for the site file for each. Nothing is written to any
        device. Without a format the usual ones are tried until one is answered. A line of a running host is asked through
        the host, behind its own requests. Ends with status 3 if nothing answers.

          LINE           /dev/ttyUSB0, /dev/ttyUSB0,9600,8,n,1, rtu+tcp://192.168.2.7:4196, or COM1 with --site
          --units LIST   the unit ids: 1-32, 7 or 1,5,20-25; default 1-32
          --site FILE    a site file: its names of lines, and ids that are taken
          --data DIR     the data folder of the running host that owns the line
          --json         what was searched and found, as one document

        example: chargehost scan serial /dev/ttyUSB0,9600,8,n,1 --units 1-10,20-25
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let site = try arguments.value("site").map { try SiteFiles.read($0).site }
        do throws(ScanError) {
            var units = ScanUnits.standard
            if let text = arguments.value("units") { units = try ScanUnits.parse(text, on: 1...247) }
            let report = try await ScanAccess(data: arguments.value("data"), library: ScanText.library(site)).serial(
                arguments.positionals[0], aliases: site?.serial ?? [:], units: units, progress: Console.progress)
            return try ScanText.show(report, besides: site, arguments)
        } catch {
            throw CommandFailure(error)
        }
    }
}
