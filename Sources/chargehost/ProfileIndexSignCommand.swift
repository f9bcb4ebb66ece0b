import Foundation
import Host
import Licensing
import ProfileTrust

/// `profile index sign`
enum ProfileIndexSignCommand: Subcommand {
    static let name = "profile index sign"
    static let summary = "for publishers: lists the profiles of a folder, and signs the list"
    static let accepted = Arguments.Accepted(values: ["key"], flags: ["json", "replace"], positionals: 1...1)
    static let help = """
        usage: chargehost profile index sign DIR --key KEYFILE [--replace] [--json]

        For publishers. Brings DIR/index.list up to date with the profiles in DIR, gives it the next serial, and signs it. What
        is written into the text before stays: trust, evidence, withdrawals. New profiles are listed with trust 1, for their
        tests. Prints the public key that others need for profile index add.

          --key KEYFILE   the secret key; chargehost licence issue --new-key makes one
          --replace       takes changed files under the version that is listed, for versions that nobody got yet
          --json          {"serial", "profiles", "changed"}
        Ends with status 4 if a listed version was changed.

        example: chargehost profile index sign Profiles --key publisher.key
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = try arguments.required("key")
        guard let bytes = FileManager.default.contents(atPath: file),
            let key = SigningKey(text: String(decoding: bytes, as: UTF8.self))
        else { throw CommandFailure(.usage, "\(file) holds no key; chargehost licence issue --new-key FILE makes one") }
        let outcome: IndexBuilder.Outcome
        do throws(InstallProblem) {
            outcome = try IndexBuilder(arguments.positionals[0]).sign(
                key, issued: Day(seconds: Int64(Date().timeIntervalSince1970)),
                replaces: arguments.flags.contains("replace"))
        } catch {
            throw CommandFailure(error)
        }
        if arguments.flags.contains("json") {
            try Console.json(outcome)
        } else {
            for name in outcome.changed { Console.error("listed \(name)") }
            Console.error("serial \(outcome.serial), \(outcome.profiles.count) versions")
            Console.out(String(MinisignKey(key.publicKey).text.dropLast()))
        }
        return .fine
    }
}
