import Foundation
import Glibc

/// The program: picks the command, prints help, turns errors into sentences and statuses.
@main
enum ChargehostProgram {
    static let commands: [any (Subcommand & SendableMetatype).Type] = [
        RunCommand.self, DemoCommand.self, CheckCommand.self, ScanSerialCommand.self, ScanTCPCommand.self,
        ReadCommand.self, CommandCommand.self,
        WatchCommand.self, LimitCommand.self, ModeCommand.self, SimulateCommand.self, ProxyCommand.self,
        AllocateCommand.self, ReplayCommand.self,
        ProfileListCommand.self,
        ProfileShowCommand.self, ProfileLintCommand.self, ProfileTestCommand.self, ProfilePlanCommand.self,
        ProfileSchemaCommand.self, ProfileInstallCommand.self, ProfileUpdateCommand.self, ProfileOutdatedCommand.self,
        ProfilePinCommand.self, ProfileRemoveCommand.self, ProfileConfirmCommand.self, ProfileTrustCommand.self,
        ProfilePublishCommand.self, ProfileMergeCommand.self, ProfileIndexListCommand.self, ProfileIndexAddCommand.self,
        ProfileIndexRemoveCommand.self, ProfileIndexSignCommand.self, SessionsCommand.self, OCPPKeysCommand.self,
        OCPPQueueCommand.self,
        OCPPResendCommand.self, OCPPCloseCommand.self, OCPPSecretCommand.self, RoleShowCommand.self,
        RoleSetCommand.self, LicenceShowCommand.self, LicenceVerifyCommand.self, LicenceInstallCommand.self,
        LicenceTrialCommand.self,
        LicenceIssueCommand.self, DriverListCommand.self, DriverCheckCommand.self, DriverNewCommand.self,
        DriverRecordCommand.self, DriverReplayCommand.self, BackupCommand.self, RestoreCommand.self,
        NetworkUSBCommand.self, VersionCommand.self,
        DoctorCommand.self,
    ]

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        exit(await status(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    static func status(_ words: [String]) async -> ExitStatus {
        guard let first = words.first, !["--help", "-h", "help"].contains(first) else {
            Console.out(overview())
            return words.isEmpty ? .usage : .fine
        }
        if first == "--version" { return await status(["version"]) }
        guard let (command, rest) = find(words) else {
            Console.error(unknown(words))
            return .usage
        }
        if rest.contains("--help") || rest.contains("-h") {
            Console.out(command.help)
            return .fine
        }
        do {
            return try await command.run(try Arguments(rest, command.accepted))
        } catch let error as UsageError {
            Console.error("chargehost \(command.name): \(error.message)\n\n\(command.help)")
            return .usage
        } catch let error as CommandFailure {
            Console.error("chargehost \(command.name): \(error.message)")
            return error.status
        } catch {
            Console.error("chargehost \(command.name): \(error)")
            return .fallsShort
        }
    }

    private static func find(_ words: [String]) -> (any (Subcommand & SendableMetatype).Type, [String])? {
        for command in commands {
            let name = command.name.split(separator: " ").map(String.init)
            if words.starts(with: name) { return (command, Array(words.dropFirst(name.count))) }
        }
        return nil
    }

    private static func unknown(_ words: [String]) -> String {
        let group = commands.filter { $0.name.hasPrefix(words[0] + " ") }
        if group.isEmpty { return "chargehost: \"\(words[0])\" is no command; chargehost --help lists them" }
        return "chargehost \(words[0]): one of\n" + group.map { "  " + line($0) }.joined(separator: "\n")
    }

    private static func line(_ command: any Subcommand.Type) -> String {
        command.name.padding(toLength: 21, withPad: " ", startingAt: 0) + command.summary
    }

    private static func overview() -> String {
        """
        chargehost: shares the current of a site among its wallboxes, below every fuse

        usage: chargehost COMMAND …      chargehost COMMAND --help explains each

        \(commands.map { "  " + line($0) }.joined(separator: "\n"))
        """
    }
}

/// A command failed; the process ends with `status`.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String
    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
