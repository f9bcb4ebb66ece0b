import Host
import ProfileTrust

/// `profile update`
enum ProfileUpdateCommand: Subcommand {
    static let name = "profile update"
    static let summary = "fetches the indexes, and newer versions of profiles"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json", "major"], positionals: 0...1000)
    static let help = """
        usage: chargehost profile update [ID…] [--major] [--data DIR] [--json]

        Fetches every index that was added, then installs newer versions of the profiles named, or of all. A version with
        another first number means something else than the one before, and needs --major. What was changed here is merged into
        the new version; where both sides changed the same, nothing is replaced, the places are printed as file:line:column,
        and the new version is kept beside. A host that runs counts withdrawals at once.

          --major      takes other major versions too
          --data DIR   the data folder of the host; default as for run
          --json       {"indexes", "updated", "problems"}
        Ends with status 1 if something could not be merged or its tests fail, 3 if something cannot be fetched, 4 if an index
        or a profile was changed, or a version is held back.

        example: chargehost profile update
        """

    struct Document: Encodable {
        struct Index: Encodable {
            var name: String
            var serial: Int?
            var problem: String?
        }
        var indexes: [Index] = []
        var updated: [ProfileInstaller.Outcome] = []
        var problems: [String] = []
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        var document = Document()
        var status = ExitStatus.fine
        func note(_ failure: CommandFailure) {
            if failure.status.rawValue > status.rawValue { status = failure.status }
        }
        let refresh = IndexRefresh(choice.folder)
        let indexes: [StoredIndex]
        do throws(TrustProblem) { indexes = try choice.folder.storedIndexes() } catch { throw CommandFailure(error) }
        for index in indexes {
            Console.progress("fetching \(index.name) …")
            do throws(TrustProblem) {
                document.indexes.append(.init(name: index.name, serial: try await refresh.refresh(index).serial))
            } catch {
                document.indexes.append(.init(name: index.name, problem: error.description))
                document.problems.append(error.description)
                note(CommandFailure(error))
            }
        }
        let ids = arguments.positionals.isEmpty ? choice.library.entries().map(\.id) : arguments.positionals
        for id in ids {
            Console.progress("\(id) …")
            do throws(InstallProblem) {
                let isMajor = arguments.flags.contains("major")
                if let outcome = try await choice.installer.update(id, isMajorAllowed: isMajor) {
                    document.updated.append(outcome)
                }
            } catch {
                document.problems.append(error.description)
                note(CommandFailure(error))
            }
        }
        Console.progress("")
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(document)
        } else {
            for index in document.indexes {
                if let serial = index.serial { Console.out("index \(index.name): serial \(serial)") }
            }
            _ = ProfileInstallCommand.show(document.updated, json: false)
            if document.updated.isEmpty, document.problems.isEmpty { Console.out("everything is up to date") }
        }
        for problem in document.problems { Console.error(problem) }
        return status
    }
}
