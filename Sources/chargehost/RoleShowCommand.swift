import Host
import Storage

/// `role show`
enum RoleShowCommand: Subcommand {
    static let name = "role show"
    static let summary = "the site's role, and what another one changes"
    static let accepted = Arguments.Accepted(values: ["site", "data"], flags: ["json"])
    static let help = """
        usage: chargehost role show [--site FILE] [--data DIR] [--json]

        Shows whether the site is master, slave or standalone, and the parameters that would change with each other role.

          --site FILE   the site file; default: the one that the host ran with last
          --data DIR    the data folder; default: that of the running host
          --json        {"role": "master", "switches": {"slave": [{"name","old","new","by_hand"}], …}}

        example: chargehost role show
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let books = try SiteBooks(arguments)
        let file = try await SiteFileChoice.file(arguments, books)
        let role = try await books.read { storage throws(StorageError) -> Result<RoleDocument, RoleError> in
            do throws(RoleError) { return .success(try await RoleDocument(file, storage: storage)) } catch {
                return .failure(error)
            }
        }
        do {
            let document = try role.get()
            if arguments.flags.contains("json") { try Console.json(document) } else { show(document) }
            return .fine
        } catch let error as RoleError {
            throw CommandFailure(error)
        }
    }

    private static func show(_ document: RoleDocument) {
        Console.out("role: \(document.role.rawValue)")
        for (role, parameters) in document.switches.sorted(by: { $0.key < $1.key }) {
            Console.out("\nas \(role):\n\(RoleText.table(parameters))")
        }
        for (role, why) in (document.refused ?? [:]).sorted(by: { $0.key < $1.key }) {
            Console.out("\nas \(role): not by command: \(why)")
        }
    }
}

/// What changes with a role, for people.
enum RoleText {
    /// One line for each parameter, old and new, and what is left to do by hand.
    static func table(_ parameters: [RoleParameter]) -> String {
        let rows = parameters.map { parameter in
            [
                parameter.name, parameter.old.isEmpty ? "-" : parameter.old, "→",
                parameter.new.isEmpty ? "-" : parameter.new, parameter.by_hand.map { "do: \($0)" } ?? "",
            ]
        }
        return Table(["parameter", "old", "", "new", ""], rows).text
    }
}

extension CommandFailure {
    /// The status that goes with a role's error.
    init(_ error: RoleError) {
        switch error {
        case .file: self.init(.usage, error.description)
        case .refused: self.init(.refused, error.description)
        case .broken: self.init(.fallsShort, error.description)
        case .storage(let storage): self.init(storage)
        }
    }
}
