import DriverPrograms
import Foundation
import Host

/// `driver list`
enum DriverListCommand: Subcommand {
    static let name = "driver list"
    static let summary = "the driver programs there are"
    static let accepted = Arguments.Accepted(values: ["folder", "site"], flags: ["json"])
    static let help = """
        usage: chargehost driver list [--site FILE | --folder DIR…] [--json]

        Lists the drivers in the folders of a site file, or in those given, and what is wrong with those that cannot be used.
        Ends with status 1 if there is one.

          --site FILE    the drivers that this site has, and its devices at each
          --folder DIR   a folder with drivers, or one driver; default ./drivers
          --json         one JSON document

        example: chargehost driver list --site /etc/chargehost/site.yaml
        """

    struct Row: Encodable {
        var name: String
        var version: String?
        var api: Int?
        var classes: [String]
        var options: [String]
        var program: [String]
        var memory_mib: Int?
        var folder: String
        var devices: [String]
        var problems: [String]
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let site = try arguments.value("site").map { try SiteFiles.read($0).site }
        let roster = site.map(DriverRoster.init) ?? DriverRoster(folders: arguments.values["folder"] ?? ["drivers"])
        let rows = roster.found.map { found in
            Row(
                name: found.name, version: found.manifest?.version, api: found.manifest?.api,
                classes: found.manifest?.classes.map(\.rawValue).sorted() ?? [],
                options: found.manifest?.options.keys.sorted() ?? [], program: found.manifest?.program ?? [],
                memory_mib: found.manifest?.memory, folder: found.path,
                devices: site?.devices.filter { $0.driver == found.name }.map(\.id) ?? [], problems: found.problems)
        }
        if arguments.flags.contains("json") {
            try Console.json(rows)
        } else if rows.isEmpty {
            Console.out("there is no driver in \(roster.folders.joined(separator: ", "))")
        } else {
            Console.out(
                Table(
                    ["driver", "version", "classes", "devices", "folder"],
                    rows.map { row in
                        [
                            row.name, row.version ?? "-", row.classes.joined(separator: ", "),
                            row.devices.joined(separator: ", "), row.folder,
                        ]
                    }
                ).text)
        }
        for problem in rows.flatMap(\.problems) { Console.error(problem) }
        return rows.allSatisfy(\.problems.isEmpty) ? .fine : .fallsShort
    }
}
