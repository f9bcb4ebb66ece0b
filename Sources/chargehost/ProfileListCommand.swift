import DeviceProfiles
import Foundation
import Host
import Licensing
import ProfileTrust

/// `profile list`
enum ProfileListCommand: Subcommand {
    static let name = "profile list"
    static let summary = "the profiles there are"
    static let accepted = Arguments.Accepted(values: ["folder", "data"], flags: ["json"])
    static let help = """
        usage: chargehost profile list [--folder DIR]… [--data DIR] [--json]

        Lists the profiles of the library, those installed, and those of the folders given; and what trusted indexes say.

          --folder DIR   a further folder; its profiles go before the library's
          --data DIR     the data folder of a host; default as for run, where there is one
          --json         one JSON document

        example: chargehost profile list --json
        """

    struct Row: Encodable {
        var id: String
        var version: String
        var `class`: String
        var title: String
        var products: [String]
        var local: Bool
        var installed: Bool
        var trust: String
        var file: String
        var errors: Int
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let folder = (try? DataFolderChoice.folder(arguments)).map(TrustFolder.init(data:))
        let library = ProfileLibrary(local: arguments.values["folder"] ?? [], installed: folder?.profiles)
        let book = try? TrustRules.builtIn(library).book(folder)
        if library.folders.isEmpty {
            throw CommandFailure(.fallsShort, "no library was found; set CHARGEHOST_PROFILES to its folder")
        }
        let rows = try library.entries().map { entry in
            let load = try library.load(entry.file)
            let profile = load.document?.profile
            return Row(
                id: profile?.id ?? entry.id, version: profile?.versionText ?? "-",
                class: profile?.deviceClass.rawValue ?? "-", title: profile?.title.description ?? "(has errors)",
                products: profile?.products.map { "\($0.brand) \($0.model)" } ?? [], local: entry.isLocal,
                installed: entry.isInstalled, trust: trust(entry.file, book), file: entry.file,
                errors: load.diagnostics.filter { $0.severity == .error }.count)
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else {
            Console.out(
                Table(
                    ["profile", "version", "class", "title", ""],
                    rows.map {
                        let badges = [$0.local ? "local" : nil, $0.installed ? "installed" : nil, $0.trust]
                        return [
                            $0.id, $0.version, $0.class, $0.title,
                            badges.compactMap(\.self).joined(separator: ", "),
                        ]
                    }
                ).text)
        }
        return .fine
    }

    private static func trust(_ file: String, _ book: TrustBook?) -> String {
        guard let book, let bytes = FileManager.default.contents(atPath: file) else { return "unreadable" }
        return switch book.standing(of: Digest.sha256(Array(bytes))) {
        case .listed(let listing): listing.isOwn ? "own" : "listed"
        case .withdrawn: "withdrawn"
        case .unlisted: "draft"
        }
    }
}
