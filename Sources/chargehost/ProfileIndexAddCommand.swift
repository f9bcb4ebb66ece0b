import Foundation
import Host
import ProfileTrust

/// `profile index add`
enum ProfileIndexAddCommand: Subcommand {
    static let name = "profile index add"
    static let summary = "trusts a list of profiles that somebody signs"
    static let accepted = Arguments.Accepted(values: ["data", "key"], flags: ["json"], positionals: 2...2)
    static let help = """
        usage: chargehost profile index add NAME LOCATION --key KEY [--data DIR] [--json]

        Trusts an index from now on: what it lists may be installed, and commands as far as it says. LOCATION is the URL or
        path of its index.list; the signature is beside it with .minisig behind the name. KEY is the public key of whoever
        signs it, got on another way than the list: a file minisign.pub, or its second line.

          --key KEY    the public key
          --data DIR   the data folder of the host; default as for run
          --json       {"name", "serial", "profiles"}
        Ends with status 3 if it cannot be fetched, 4 if the key has not signed it as it is.

        example: chargehost profile index add friends https://example.org/profiles/index.list --key friends.pub
        """

    struct Document: Encodable {
        var name: String
        var serial: Int
        var profiles: Int
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let given = try arguments.required("key")
        let text = FileManager.default.contents(atPath: given).map { String(decoding: $0, as: UTF8.self) } ?? given
        guard let key = MinisignKey(text: text) else { throw CommandFailure(TrustProblem.key(given)) }
        let (name, location) = (arguments.positionals[0], arguments.positionals[1])
        let index: ProfileIndex
        do throws(TrustProblem) {
            index = try await IndexRefresh(choice.folder).add(name, source: location, key: key)
        } catch {
            throw CommandFailure(error)
        }
        await choice.tellHost()
        if arguments.flags.contains("json") {
            try Console.json(Document(name: name, serial: index.serial, profiles: index.entries.count))
        } else {
            Console.out(
                "\(name) is trusted: serial \(index.serial) of \(index.issued), \(index.entries.count) profiles")
        }
        return .fine
    }
}
