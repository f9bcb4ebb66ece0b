import DriverAPI
import Host

/// `command`
enum CommandCommand: Subcommand {
    static let name = "command"
    static let summary = "one command to a device, verified"
    static let accepted = Arguments.Accepted(
        values: DeviceArguments.values, flags: ["json", "box-in-view"], positionals: 1...1)
    static let help = """
        usage: chargehost command --profile P --address A [--unit N] [--option K=V]… COMMAND [--json]

        Carries out one command and verifies it by reading back. Where a running host owns the line, it is asked.
        COMMAND is one of
          charge=10A  charge=7.2kW  charge=on  charge=off
          phases=1  phases=3  phases=auto
          wake_up
          lock=true  lock=false
          display=TEXT
          POINT=VALUE          a setting of the profile, such as failsafe_timeout=60s
        A profile that is not trusted only stops and lowers. Ends with status 3 if the device does not answer, 4 if the
        command is refused.

        \(DeviceArguments.help)
          --box-in-view    by a profile that nobody vouches for, too: whoever says so sees what the box does
          --json           what was told, the frames that left, and whether it was verified

        example: chargehost command --profile keba.p30 --address 192.168.2.40 charge=10A
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let device = try DeviceArguments(arguments).configuration
        let text = arguments.positionals[0]
        let command: Command
        do { command = try CommandText.parse(text) } catch { throw UsageError("\(error)") }
        Console.progress("\(text) …")
        defer { Console.progress("") }
        do {
            let folder = (try? DataFolderChoice.folder(arguments)).map(TrustFolder.init(data:))
            let library = ProfileLibrary(installed: folder?.profiles)
            let permission =
                arguments.flags.contains("box-in-view")
                ? .granted : TrustRules.builtIn(library).permission(of: device.profile, in: library, folder: folder)
            let outcome = try await DeviceAccess(data: arguments.value("data"), library: library).apply(
                command, to: device, permission: permission)
            Console.progress("")
            if arguments.flags.contains("json") {
                try Console.json(outcome)
            } else {
                let told = outcome.told.map { $0 == 0 ? "off" : "\($0) told" } ?? "done"
                Console.out("\(told)\(outcome.verified ? ", verified" : ", cannot be read back")")
                for frame in outcome.frames { Console.out("  " + frame) }
            }
            return .fine
        } catch let error as DriverError {
            throw CommandFailure(error)
        }
    }
}
