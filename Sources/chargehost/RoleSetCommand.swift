import Foundation
import Host
import Storage

/// `role set`
enum RoleSetCommand: Subcommand {
    static let name = "role set"
    static let summary = "make the site master, slave or standalone"
    static let accepted = Arguments.Accepted(
        values: ["site", "data", "master", "id"], flags: ["yes", "json"], positionals: 1...1)
    static let help = """
        usage: chargehost role set ROLE [--master URL] [--id ID] [--yes] [--site FILE] [--data DIR] [--json]

        Shows the parameters that change with the role, asks whether they shall, and changes the site file and the stored
        OCPP keys. Comments and everything else in the site file stay as they are. What counted in the role that is left is
        kept in the data folder and comes back with it. A running host takes the role over when it is started anew.

          ROLE          master, slave or standalone
          --master URL  for a slave: where its master listens: tcp://HOST:1600 for the binary framing, ws://HOST:19520 for
                        JSON, tls:// and wss:// with TLS; default: tcp://192.168.125.124:1600, the USB cable
          --id ID       for a slave: its ChargePointID, ending in # and the connector it stands for: GARAGE#002
          --yes         does not ask
          --site FILE   the site file; default: the one that the host ran with last
          --data DIR    the data folder; default: that of the running host
          --json        the parameters that changed as one document; needs --yes
        Ends with status 1 if the site file would not be right, 4 if it cannot be changed by a program or nobody agreed.

        example: chargehost role set slave --id 'GARAGE#002'
        """

    private struct Document: Encodable {
        var role: String
        var changed: [RoleParameter]
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        guard let role = Site.Role(rawValue: arguments.positionals[0]) else {
            throw UsageError("\"\(arguments.positionals[0])\" is no role; write master, slave or standalone")
        }
        let asks = !arguments.flags.contains("yes")
        if asks, arguments.flags.contains("json") { throw UsageError("--json needs --yes") }
        if role != .slave, arguments.value("master") != nil || arguments.value("id") != nil {
            throw UsageError("--master and --id go with the role slave")
        }
        let books = try SiteBooks(arguments)
        let file = try await SiteFileChoice.file(arguments, books)
        let master =
            role == .slave && (arguments.value("master") != nil || arguments.value("id") != nil)
            ? RoleSwitch.Master(
                url: arguments.value("master"), id: arguments.value("id"), site: try SiteFiles.read(file).site.name)
            : nil
        do {
            // A running host has the folder; both write, each its own rows.
            let storage = try await SiteStorage(path: books.database)
            do {
                let change = try await RoleSwitch(file, to: role, master: master, storage: storage)
                let status = try await carry(out: change, storage, asks: asks, arguments, isRunning: books.isRunning)
                await storage.close()
                return status
            } catch {
                await storage.close()
                throw error
            }
        } catch let error as RoleError {
            throw CommandFailure(error)
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }

    private static func carry(
        out change: RoleSwitch, _ storage: SiteStorage, asks: Bool, _ arguments: Arguments, isRunning: Bool
    ) async throws -> ExitStatus {
        let asJSON = arguments.flags.contains("json")
        if !asJSON {
            Console.out(
                change.isNothing ? "the site is \(change.to.rawValue) already" : RoleText.table(change.parameters))
        }
        if asks, !change.isNothing {
            guard isatty(STDIN_FILENO) == 1 else {
                throw CommandFailure(.refused, "nothing was changed: nobody can be asked here; --yes agrees")
            }
            Console.write("change these? [y/N] ", to: STDOUT_FILENO)
            guard ["y", "yes"].contains((readLine() ?? "").lowercased()) else {
                throw CommandFailure(.refused, "nothing was changed")
            }
        }
        try await change.apply(storage)
        if asJSON {
            try Console.json(Document(role: change.to.rawValue, changed: change.parameters))
        } else if !change.isNothing {
            Console.out("the site is \(change.to.rawValue) now")
            if isRunning { Console.out("the running host goes on as \(change.from.rawValue) until it is started anew") }
        }
        return .fine
    }
}
