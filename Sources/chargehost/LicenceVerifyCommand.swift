import Foundation
import Host
import Licensing

/// `licence verify`
enum LicenceVerifyCommand: Subcommand {
    static let name = "licence verify"
    static let summary = "whether a licence file counts, and for what"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost licence verify FILE [--data DIR] [--json]

        Checks a licence file: whether the vendor signed it as it is, whether it is for the host on the data folder, and
        whether it counts today. Changes nothing.

          --data DIR   the data folder of the host; default as for run
          --json       {"file", "id", "licensee", "charge_points", "ends", "standing", "reason"}
        Ends with status 4 where it does not count, with the reason.

        example: chargehost licence verify garage-nord.licence
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = arguments.positionals[0]
        let data = try? DataFolderChoice.folder(arguments)
        let host = try? data.flatMap { try HostIdentity.stored(in: $0)?.publicKey }
        let finding = finding(try bytes(file), file, host: host)
        if arguments.flags.contains("json") { try Console.json(LicenceDocument.File(finding)) }
        guard case .refused(let refusal) = finding.standing else {
            if !arguments.flags.contains("json"), let licence = finding.licence {
                let ends = licence.ends.map { "until \($0)" } ?? "for ever"
                Console.out(
                    "\(file): licence \(licence.id) for \(licence.licensee), \(licence.chargePoints) charge points, \(ends)"
                )
            }
            return .fine
        }
        throw CommandFailure(.refused, "\(file): \(refusal)")
    }

    /// What comes of a licence on `host` today; without one a licence for any host is taken only.
    static func finding(_ bytes: [UInt8], _ file: String, host: PublicKey?) -> LicenceFinding {
        let entitlement = Entitlement(
            .files([LicenceFolder.File(name: file, bytes: bytes)]), host: host ?? .nobody, keys: .builtIn, trial: nil,
            memory: LicenceMemory(), now: Int64(Date().timeIntervalSince1970))
        return entitlement.findings.first
            ?? LicenceFinding(file: file, licence: nil, standing: .refused(.malformed("it is empty")))
    }

    /// The bytes of a file. Throws ``CommandFailure``.
    static func bytes(_ file: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: file),
            let bytes = try? handle.read(upToCount: LicenceFile.largest + 1)
        else { throw CommandFailure(.usage, "\(file) cannot be read") }
        return Array(bytes)
    }
}
