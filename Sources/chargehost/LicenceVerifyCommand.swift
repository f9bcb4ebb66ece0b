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
        whether it counts today. The certificate of a Power Brain is checked in the same way. Changes nothing.

          --data DIR   the data folder of the host; default as for run
          --json       {"file", "id", "licensee", "charge_points", "ends", "standing", "reason"}
        Ends with status 4 where it does not count, with the reason.

        example: chargehost licence verify garage-nord.licence
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = arguments.positionals[0]
        let data = try? DataFolderChoice.folder(arguments)
        let host = try? data.flatMap { try HostIdentity.stored(in: $0)?.publicKey }
        let bytes = try bytes(file)
        if HostCertificate.isMeant(bytes) { return try verify(certificate: bytes, file, host: host) }
        let finding = finding(bytes, file, host: host)
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

    /// Whether the certificate of a Power Brain counts on `host`; without one, whether the vendor signed it.
    private static func verify(
        certificate bytes: [UInt8], _ file: String, host: PublicKey?
    ) throws -> ExitStatus {
        do throws(LicenceRefusal) {
            let certificate = try HostCertificate(bytes)
            _ = try HostCertificate(bytes, host: host ?? certificate.host, keys: .builtIn)
            Console.out("\(file): the certificate that the host \(certificate.host) is a Power Brain")
            return .fine
        } catch {
            throw CommandFailure(.refused, "\(file): \(error)")
        }
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
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw CommandFailure(.usage, "\(file) cannot be read")
        }
        do {
            // Of an empty file there is nothing.
            return Array(try handle.read(upToCount: LicenceFile.largest + 1) ?? Data())
        } catch {
            throw CommandFailure(.usage, "\(file) cannot be read: \(error.localizedDescription)")
        }
    }
}
