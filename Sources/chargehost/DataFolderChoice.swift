import Foundation
import Host

/// The data folder of a command that works with the whole of it.
enum DataFolderChoice {
    /// `--data`, else the environment's, else the running host's, else the service's where there is one, else the only one
    /// of this user. Throws ``UsageError`` where nothing tells.
    static func folder(
        _ arguments: Arguments, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String {
        for given in [arguments.value("data"), environment["CHARGEHOST_DATA"], environment["STATE_DIRECTORY"]] {
            if let given, !given.isEmpty { return given }
        }
        if let running = RunningHosts.folder(given: nil) { return running }
        let home = (environment["HOME"] ?? ".") + "/.local/share/chargehost"
        let own = ((try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []).map { home + "/" + $0 }
        let found = ([RunningHosts.service] + own).filter { FileManager.default.fileExists(atPath: $0) }
        guard found.count == 1 else {
            throw UsageError(
                found.isEmpty
                    ? "--data is needed: there is no data folder yet"
                    : "--data is needed: there are \(found.joined(separator: ", "))")
        }
        return found[0]
    }
}
