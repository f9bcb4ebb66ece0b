import Foundation
import Host
import Licensing
import ProfileTrust

/// `profile confirm`
enum ProfileConfirmCommand: Subcommand {
    static let name = "profile confirm"
    static let summary = "an installer's word that a profile does what it should"
    static let accepted = Arguments.Accepted(
        values: ["data", "site", "statement", "by"], flags: ["json", "withdraw"], positionals: 1...1)
    static let help = """
        usage: chargehost profile confirm DEVICE | PROFILE --statement TEXT [--by NAME] [--site FILE] [--data DIR] [--json]
               chargehost profile confirm DEVICE | PROFILE --withdraw [--data DIR] [--json]

        A profile that no trusted index lists, or that is not trusted enough, is read only: its boxes are never started or
        raised, only stopped and lowered. Whoever has the box in view confirms that it does what it should: it charges at the
        current that was set, stops when it is told, and does as the profile says when it hears nothing. That is stored with
        the digest of the file; any edit needs another confirmation. A draft never writes what is kept in flash.

          --statement TEXT   what was tried and seen, at least 10 characters
          --by NAME          who says so; default: the user of this shell
          --withdraw         takes back what was confirmed
          --site FILE        the site file with the device; default: the one that the host ran with last
          --data DIR         the data folder of the host; default as for run
          --json             {"hash", "profile", "device", "statement", "by", "time"}

        example: chargehost profile confirm garage --statement "6 A, 10 A and off seen on the box's display"
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let name = arguments.positionals[0]
        if arguments.flags.contains("withdraw") { return try await withdraw(name, choice, arguments) }
        let statement = try arguments.required("statement")
        guard (10...2000).contains(statement.count) else {
            throw UsageError("--statement says what was tried and seen, in 10 to 2000 characters")
        }
        let (device, reference, library) = try await subject(name, choice, arguments)
        let document = try ProfileFiles.document(reference, library: library)
        guard let bytes = FileManager.default.contents(atPath: try library.path(of: reference)) else {
            throw CommandFailure(.usage, "\(reference) cannot be read")
        }
        let confirmation = InstallerConfirmation(
            hash: Digest.sha256(Array(bytes)), profile: document.profile.id, device: device, statement: statement,
            by: arguments.value("by") ?? ProcessInfo.processInfo.environment["USER"] ?? "somebody",
            time: Int64(Date().timeIntervalSince1970))
        do {
            if case .withdrawn(let index, let reason) = try choice.rules.book(choice.folder).standing(
                of: confirmation.hash)
            {
                throw InstallProblem.withdrawn(document.profile.id, index: index, reason: reason)
            }
            try choice.folder.add(confirmation)
        } catch let problem as TrustProblem {
            throw CommandFailure(problem)
        } catch let problem as InstallProblem {
            throw CommandFailure(problem)
        }
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(confirmation)
        } else {
            let whose = device.map { "\($0) (\(document.profile.id))" } ?? "every device with \(document.profile.id)"
            Console.out("confirmed by \(confirmation.by): \(whose) may be started and raised, until the file is edited")
        }
        return .fine
    }

    private static func withdraw(
        _ name: String, _ choice: TrustChoice, _ arguments: Arguments
    ) async throws -> ExitStatus {
        let found: Bool
        do throws(TrustProblem) {
            found = try choice.folder.withdrawConfirmations(of: name)
        } catch {
            throw CommandFailure(error)
        }
        guard found else { throw CommandFailure(.usage, "nobody has confirmed \(name)") }
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(["withdrawn": name])
        } else {
            Console.out("what was confirmed of \(name) is taken back")
        }
        return .fine
    }

    /// The device where it is one, and the profile with the library that has it.
    private static func subject(
        _ name: String, _ choice: TrustChoice, _ arguments: Arguments
    ) async throws -> (device: String?, reference: String, library: ProfileLibrary) {
        var file = arguments.value("site")
        if file == nil, let books = try? SiteBooks(arguments) { file = try await SiteFileChoice.last(books) }
        guard let file else { return (nil, name, choice.library) }
        let site = try SiteFiles.read(file).site
        let library = ProfileLibrary(site: site, installed: choice.folder.profiles)
        guard let device = site.devices.first(where: { $0.id == name }) else { return (nil, name, library) }
        if let driver = device.driver {
            throw CommandFailure(.usage, "\(name) has no profile: the driver \(driver) serves it")
        }
        let base = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        return (name, try library.path(of: device.profile, relativeTo: base), library)
    }
}
