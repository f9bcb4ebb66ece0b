import Foundation
import Host
import ProfileTrust

/// `profile publish`
enum ProfilePublishCommand: Subcommand {
    static let name = "profile publish"
    static let summary = "makes what is sent to have a profile listed"
    static let accepted = Arguments.Accepted(values: ["to", "evidence"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile publish FILE [--evidence LINE]… [--to DIR] [--json]

        Checks a profile, runs its tests, and makes a folder with the file in its place, its entry for an index, and the text
        of a pull request. Sends nothing. What an index trusts it with is said by its reviewers; the entry says what the
        profile brings: its tests, and recordings of real devices.

          --evidence LINE   what was tried on which firmware; can be given several times
          --to DIR          the folder; default ID-VERSION
          --json            {"folder", "files", "trust", "coverage_percent"}
        Ends with status 1 if it has errors or its tests fail.

        example: chargehost profile publish acme.one.yaml --evidence "limit: firmware 2.1, 6 to 16 A read back, 2026-11-02"
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = arguments.positionals[0]
        let outcome: ProfileBundle.Outcome
        do throws(InstallProblem) {
            let bytes: [UInt8]
            do throws(TrustProblem) {
                bytes = try await TrustFetcher().fetch(file, atMost: TrustFetcher.largestProfile)
            } catch {
                throw .trust(error)
            }
            let candidate = try await ProfileCandidate(bytes, place: file, library: ProfileLibrary())
            let folder = arguments.value("to") ?? "\(candidate.id)-\(candidate.version)"
            do throws(TrustProblem) {
                outcome = try await ProfileBundle(candidate).write(
                    to: folder, evidence: arguments.values["evidence"] ?? [])
            } catch {
                throw .trust(error)
            }
        } catch {
            if case .trust(.notFetched) = error { throw CommandFailure(.usage, error.description) }
            throw CommandFailure(error)
        }
        if arguments.flags.contains("json") {
            try Console.json(outcome)
        } else {
            Console.out("\(outcome.folder): \(outcome.files.joined(separator: ", "))")
            Console.out(
                "its tests cover \(outcome.coverage_percent) %; open a pull request with pull-request.md as its text")
        }
        return .fine
    }
}
