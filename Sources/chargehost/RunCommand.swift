import DriverAPI
import Foundation
import Host

/// `run`
enum RunCommand: Subcommand {
    static let name = "run"
    static let summary = "the host of a site"
    static let accepted = Arguments.Accepted(values: ["site", "data", "log", "http", "recordings"], flags: ["quiet"])
    static let help = """
        usage: chargehost run --site FILE [--data DIR] [--http ADDR] [--recordings MIB] [--log LEVEL] [--quiet]

        Runs the host of a site until SIGTERM or Ctrl-C; the boxes then do what their profiles say. SIGHUP reads the site
        file and the profiles anew. On a terminal the site's status is shown, else the log.

          --site FILE   the site file
          --data DIR    the data folder; default $CHARGEHOST_DATA, $STATE_DIRECTORY, ~/.local/share/chargehost/SITE
          --http ADDR   where the page is served, such as 127.0.0.1:8080 or 0.0.0.0:80, or off; default: as the site file says
          --recordings MIB
                        how much the flight recorder keeps of what was decided, for chargehost replay; 0 for nothing;
                        default: as the site file says, else 16
          --log LEVEL   debug, info, warning or error; default info
          --quiet       no status on the terminal

        example: chargehost run --site /etc/chargehost/site.yaml
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = try arguments.required("site")
        let (site, _) = try SiteFiles.read(file)
        let folder = DataFolder.path(given: arguments.value("data"), site: site.name)
        let library = ProfileLibrary(site: site, installed: TrustFolder(data: folder).profiles)
        let problems = SiteCheck(site, library: library).report().problems
        for problem in problems { Console.error(problem.text(file: file)) }
        if problems.contains(where: { $0.severity == .error && $0.code.stopsRunning }) {
            throw CommandFailure(.fallsShort, "the site is not safe to run; see above")
        }
        let session = HostSession(
            status: !arguments.flags.contains("quiet"), level: try level(arguments),
            http: try PageAddress.plan(arguments, names: site.http.names))
        return try await session.run(site, data: folder, library: library, recording: try recording(arguments, site)) {
            try? SiteFiles.read(file).site
        }
    }

    /// How much is recorded; nil for nothing.
    static func recording(_ arguments: Arguments, _ site: Site) throws -> RecordingLimits? {
        guard let size = try arguments.integer("recordings", 0...10_000) else { return site.recordings }
        return size > 0 ? RecordingLimits(mebibytes: size) : nil
    }

    static func level(_ arguments: Arguments) throws -> LogLevel {
        guard let text = arguments.value("log") else { return .info }
        guard let level = LogLevel(rawValue: text) else {
            throw UsageError("--log must be debug, info, warning or error, not \"\(text)\"")
        }
        return level
    }
}
