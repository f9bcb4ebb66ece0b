import Foundation
import Glibc
import Host
import Licensing

/// `licence issue`
enum LicenceIssueCommand: Subcommand {
    static let name = "licence issue"
    static let summary = "for the vendor: signs a licence, or the list of own profiles"
    static let accepted = Arguments.Accepted(
        values: ["key", "id", "licensee", "points", "host", "ends", "new-key"], flags: ["profiles", "power-brain"],
        positionals: 0...1000)
    static let help = """
        usage: chargehost licence issue --key KEYFILE --id ID --licensee NAME --points N [--host IDENTITY] [--ends DAY]
               chargehost licence issue --key KEYFILE --profiles PROFILE…
               chargehost licence issue --key KEYFILE --power-brain --host IDENTITY
               chargehost licence issue --new-key KEYFILE

        For the vendor. The first prints a licence, the second the list of the vendor's own profiles (first-party.list of the
        library), the third the certificate that a host is a Power Brain, by which it proves that to a chargehost above it. The
        last makes a key pair: the secret half goes into KEYFILE, which nobody else may see, the public one is
        printed, for Sources/Licensing/Keys/vendor.keys of the program that is to believe it.

          --key KEYFILE      the vendor's secret key
          --id ID            the number of the licence
          --licensee NAME    who it is for
          --points N         how many charge points of other makes it adds, 1 to 10000
          --host IDENTITY    the host it is for, from licence show; without: any host
          --ends DAY         its last day, such as 2027-12-31; without: for ever
          --profiles         signs the profiles named
          --power-brain      signs that the host is a Power Brain; licence install puts that into it

        example: chargehost licence issue --key vendor.key --id 2026-0017 --licensee "Garage Nord" --points 4 > nord.licence
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        if let file = arguments.value("new-key") { return try makeKey(file) }
        let file = try arguments.required("key")
        guard let bytes = FileManager.default.contents(atPath: file),
            let key = SigningKey(text: String(decoding: bytes, as: UTF8.self))
        else { throw CommandFailure(.usage, "\(file) holds no key; chargehost licence issue --new-key FILE makes one") }
        if arguments.flags.contains("profiles") {
            Console.out(String(try list(arguments.positionals, key).dropLast()))
            return .fine
        }
        if arguments.flags.contains("power-brain") {
            let text = try arguments.required("host")
            guard let host = PublicKey(text) else { throw noIdentity(text) }
            Console.out(String(HostCertificate(of: host, signedBy: key).text.dropLast()))
            return .fine
        }
        Console.out(String(LicenceFile.text(try licence(arguments), signedBy: key).dropLast()))
        return .fine
    }

    private static func licence(_ arguments: Arguments) throws -> Licence {
        guard let points = try arguments.integer("points", Licence.chargePointRange) else {
            throw UsageError("--points is needed")
        }
        var licence = Licence(
            id: try arguments.required("id"), licensee: try arguments.required("licensee"), chargePoints: points,
            issued: Day(seconds: Int64(Date().timeIntervalSince1970)))
        if let text = arguments.value("host") {
            guard let host = PublicKey(text) else {
                throw noIdentity(text)
            }
            licence.host = host
        }
        if let text = arguments.value("ends") {
            guard let day = Day(text) else { throw UsageError("--ends \"\(text)\" is no day; write 2027-12-31") }
            licence.ends = day
        }
        return licence
    }

    private static func noIdentity(_ text: String) -> UsageError {
        UsageError("--host \"\(text)\" is no identity: 64 hexadecimal digits, as licence show prints them")
    }

    private static func list(_ files: [String], _ key: SigningKey) throws -> String {
        guard !files.isEmpty else { throw UsageError("--profiles needs profiles") }
        let profiles = try files.map { file in
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(.usage, "\(file) cannot be read")
            }
            return (URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent, Array(bytes))
        }
        return FirstPartyList.text(profiles, signedBy: key)
    }

    private static func makeKey(_ file: String) throws -> ExitStatus {
        guard let key = SigningKey() else { throw CommandFailure(.fallsShort, "the system gives no random numbers") }
        let bytes = Array(key.secretText.utf8)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure(.usage, "\(file): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw CommandFailure(.fallsShort, "\(file) cannot be written")
        }
        Console.out(key.publicKey.description)
        return .fine
    }
}
