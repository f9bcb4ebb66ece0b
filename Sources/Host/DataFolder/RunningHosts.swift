import Foundation

/// Finds the data folder of a host that runs on this machine.
public enum RunningHosts {
    /// Where the system's service has its data (systemd.exec(5), StateDirectory=chargehost).
    public static let service = "/var/lib/chargehost"

    /// The folder given, if a host runs on it; else the environment's; else the first of this user's that is locked, else
    /// the service's, which its own user and root can open.
    public static func folder(
        given: String?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        if let given { return DataFolder.isLocked(given) ? given : nil }
        for candidate in [environment["CHARGEHOST_DATA"], environment["STATE_DIRECTORY"]] {
            if let candidate, !candidate.isEmpty { return DataFolder.isLocked(candidate) ? candidate : nil }
        }
        let home = (environment["HOME"] ?? ".") + "/.local/share/chargehost"
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        return (folders.sorted().map { home + "/" + $0 } + [service]).first(where: DataFolder.isLocked)
    }
}
