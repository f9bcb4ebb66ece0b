import Foundation
import Host
import Licensing

/// `licence install`
enum LicenceInstallCommand: Subcommand {
    static let name = "licence install"
    static let summary = "adds a licence; it counts at once"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost licence install FILE [--data DIR] [--json]

        Checks a licence file and puts a copy into the host's data folder. A running host counts it at once; where none
        runs, the next one does. The certificate that a host is a Power Brain is installed in the same way.

          --data DIR   the data folder of the host; default as for run
          --json       as for licence show, if a host runs
        Ends with status 4 where the licence does not count on this host, with the reason.

        example: chargehost licence install garage-nord.licence
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let bytes = try LicenceVerifyCommand.bytes(arguments.positionals[0])
        if let host = try? HostQuestion(data: arguments.value("data")) {
            do throws(HostQuestion.Failure) {
                return try LicenceText.show(
                    try await host.ask("POST", "/api/v1/licence", bytes), json: arguments.flags.contains("json"))
            } catch {
                throw CommandFailure(error)
            }
        }
        let data = try DataFolderChoice.folder(arguments)
        do throws(LicenceProblem) {
            let identity = try HostIdentity.load(in: data)
            if HostCertificate.isMeant(bytes) {
                try HostWitness(data: data).keep(bytes, host: identity.publicKey, keys: .builtIn)
                Console.out("kept in \(data); this host is a Power Brain to a chargehost above it")
                return .fine
            }
            let finding = LicenceVerifyCommand.finding(bytes, arguments.positionals[0], host: identity.publicKey)
            if case .refused(let refusal) = finding.standing { throw .refused(refusal) }
            try LicenceFiles(data: data).store(bytes, id: finding.licence?.id ?? "licence")
            Console.out("kept in \(LicenceFiles(data: data).folder); the next host on \(data) counts it")
            return .fine
        } catch {
            throw CommandFailure(.refused, error.description)
        }
    }
}
