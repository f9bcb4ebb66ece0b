import Foundation
import Host

/// `ocpp key`
enum OCPPKeyCommand: Subcommand {
    static let name = "ocpp key"
    static let summary = "the password for the backend, or that of a slave"
    static let accepted = Arguments.Accepted(values: ["slave", "data"])
    static let help = """
        usage: chargehost ocpp key [--slave ID] [--data DIR]

        Reads a key from standard input and puts it into the data folder of the running host: the AuthorizationKey with
        which it connects to its backend, or with --slave that with which a slave connects here. It connects anew with it.

          --slave ID   the slave's ChargePointID
          --data DIR   the data folder of the host; default as for run
        A key has 16 to 40 visible characters, or is 32 to 40 hexadecimal figures of bytes. It is not an argument, so that
        it stands in no list of processes. Ends with status 3 if no host runs.

        example: chargehost ocpp key < key.txt
        """

    private struct Body: Encodable {
        var key: String
        var slave: String?
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        if Console.errorIsTerminal { Console.error("the key, then Enter:") }
        guard let key = readLine(strippingNewline: true)?.trimmingCharacters(in: .whitespaces), !key.isEmpty else {
            throw UsageError("no key came on standard input")
        }
        let body = try JSONEncoder().encode(Body(key: key, slave: arguments.value("slave")))
        _ = try await OCPPQuestion.ask("POST", "/api/v1/ocpp/key", [UInt8](body), arguments)
        Console.out("the key is set")
        return .fine
    }
}
