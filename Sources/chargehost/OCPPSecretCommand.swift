import Foundation
import Host
import Storage

/// `ocpp secret set`
enum OCPPSecretCommand: Subcommand {
    static let name = "ocpp secret set"
    static let summary = "the password for the backend, or of a slave"
    static let accepted = Arguments.Accepted(
        values: ["from", "site", "data"], flags: ["remove", "json"], positionals: 1...2)
    static let help = """
        usage: chargehost ocpp secret set backend | slave ID  (--from FILE | --remove) [--site FILE] [--data DIR] [--json]

        Stores in the data folder what this site logs in at its backend with (on a slave: at its master), or what the slave
        with the ChargePointID ID must log in here with. It is never printed and never given on the command line, where
        other users could read it. 16 to 40 visible characters, or 32 to 40 hexadecimal digits.

          --from FILE   the file it stands in; - reads it from standard input
          --remove      removes it
          --site FILE   the site file with the slave; default: the one that the host ran with last
          --data DIR    the data folder; default: that of the running host
          --json        {"stored": true}

        example: chargehost ocpp secret set slave 'GARAGE#002' --from key.txt
        """

    private struct Request: Encodable {
        var slave: String?
        var key: String?
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let slave = try slave(arguments.positionals)
        let text = try text(arguments)
        let books = try SiteBooks(arguments)
        do {
            // What cannot be a key is refused before anybody is asked.
            _ = try OCPPSecret(.backend, text: text)
            if books.isRunning {
                _ = try await books.ask(
                    "/api/v1/ocpp/secret", Request(slave: slave, key: text), [String: Bool].self)
            } else {
                let owner: OCPPSecret.Owner =
                    if let slave { try OCPPSecret.slave(slave, of: try await site(arguments, books)) } else { .backend }
                let secret = try OCPPSecret(owner, text: text)
                try await books.write { try await OCPPOrders($0).set(secret) }
            }
        } catch let error as OCPPSecretError {
            throw CommandFailure(.usage, error.description)
        }
        let whose = slave.map { "the key of \($0)" } ?? "the key for the backend"
        if arguments.flags.contains("json") {
            try Console.json(["stored": text != nil])
        } else {
            Console.out("\(whose) is \(text == nil ? "removed" : "stored")")
        }
        return .fine
    }

    private static func slave(_ words: [String]) throws -> String? {
        switch (words[0], words.count) {
        case ("backend", 1): return nil
        case ("slave", 2): return words[1]
        case ("slave", _): throw UsageError("which slave? write slave ID, with its ChargePointID")
        default: throw UsageError("\"\(words.joined(separator: " "))\" is neither backend nor slave ID")
        }
    }

    private static func text(_ arguments: Arguments) throws -> String? {
        let file = arguments.value("from")
        guard arguments.flags.contains("remove") != (file != nil) else {
            throw UsageError("give --from FILE, or --remove")
        }
        guard let file else { return nil }
        let bytes =
            file == "-"
            ? try FileHandle.standardInput.read(upToCount: 4096) : FileManager.default.contents(atPath: file)
        guard let bytes, let text = String(data: bytes, encoding: .utf8) else {
            throw CommandFailure(.usage, "\(file == "-" ? "standard input" : file) cannot be read as text")
        }
        return text.trimmingCharacters(in: .newlines)
    }

    /// The site file given, or the one that the host ran with last.
    private static func site(_ arguments: Arguments, _ books: SiteBooks) async throws -> Site {
        return try SiteFiles.read(try await SiteFileChoice.file(arguments, books)).site
    }
}
