import Foundation
import Host

/// `restore`
enum RestoreCommand: Subcommand {
    static let name = "restore"
    static let summary = "puts a backup back"
    static let accepted = Arguments.Accepted(values: ["data", "site"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost restore FILE [--data DIR] [--site FILE] [--json]

        Puts a backup back after it was examined whole; the present data are kept aside. What boxes were told, how often
        their memory was written, and what was charged is taken over from the present data, since no backup can know it;
        where there are none, every box is booked at the most it may draw until it was told anew. A running host goes on with what it has, and
        takes the restored data when it is started next. Ends with status 4 for a backup of a newer version.

          --data DIR    the data folder; default: that of the running host
          --site FILE   where the site file of the backup goes; one that is there is kept beside it; default: nowhere
          --json        what was done, as one document

        example: chargehost restore /var/backups/chargehost.tar --site /etc/chargehost/site.yaml
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let folder = try DataFolderChoice.folder(arguments)
        do throws(BackupError) {
            let outcome = try await Restore(arguments.positionals[0]).run(into: folder, site: arguments.value("site"))
            if arguments.flags.contains("json") {
                do { try Console.json(outcome) } catch { throw .file(outcome.data, why: "\(error)") }
                return .fine
            }
            for remark in outcome.remarks { Console.error(remark) }
            Console.out("\(outcome.data): the backup of \(outcome.made_at), made by chargehost \(outcome.made_by)")
            for file in outcome.site_files { Console.out("\(file) is that of the backup") }
            if let kept = outcome.kept { Console.out("the former data are kept in \(kept)") }
            if outcome.waits_for_restart {
                Console.out("a host runs on this data: the backup takes its place when it is started next,")
                Console.out("such as by systemctl restart chargehost")
            }
            return .fine
        } catch {
            throw CommandFailure(error)
        }
    }
}
