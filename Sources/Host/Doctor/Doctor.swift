import Foundation
import Glibc
import Modbus

/// Examines the machine a site is to run on.
public struct Doctor: Sendable {
    /// One thing that was looked at.
    public struct Finding: Codable, Sendable, Hashable {
        /// How it is.
        public enum State: String, Codable, Sendable, Hashable {
            case good, note, bad
        }
        /// How it is.
        public var state: State
        /// What was looked at.
        public var subject: String
        /// What was found, and what to do.
        public var text: String
    }

    private let site: Site?
    private let data: String?
    private let adapters: SerialAdapters

    /// A doctor for this machine, and for `site` and its data folder where given.
    public init(site: Site? = nil, data: String? = nil, adapters: SerialAdapters = .machine) {
        self.adapters = adapters
        self.site = site
        self.data = data
    }

    /// Everything found, good things included.
    public func examine() -> [Finding] {
        HostVersion.all().map { Finding(state: .good, subject: $0.name, text: $0.version) }
            + [library(), descriptors(), clock(), synchronisation()]
            + LineFindings(site: site, adapters: adapters).all() + DriverFindings(site: site).all() + dataFolder()
    }

    private func library() -> Finding {
        guard let folder = ProfileLibrary.bundled() else {
            return Finding(
                state: .bad, subject: "profiles", text: "no library was found; set CHARGEHOST_PROFILES to its folder")
        }
        let count = ProfileLibrary(library: folder).entries().count
        return Finding(state: count > 0 ? .good : .bad, subject: "profiles", text: "\(count) in \(folder)")
    }

    private func descriptors() -> Finding {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let text = "\(limit.rlim_cur) open files, up to \(limit.rlim_max)"
        if limit.rlim_max < 4096 {
            return Finding(
                state: .note, subject: "descriptors", text: text + "; more than 900 devices need LimitNOFILE=65536")
        }
        return Finding(state: .good, subject: "descriptors", text: text)
    }

    private func clock() -> Finding {
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        return year < 2025
            ? Finding(
                state: .bad, subject: "clock", text: "it shows the year \(year); set it, sessions are billed by it")
            : Finding(state: .good, subject: "clock", text: ISO8601DateFormatter().string(from: Date()))
    }

    private func synchronisation() -> Finding {
        let synchronised =
            FileManager.default.fileExists(atPath: "/run/systemd/timesync/synchronized")
            || ["/run/chrony", "/run/ntpd.pid", "/var/lib/ntp/ntp.drift"].contains(
                where: FileManager.default.fileExists)
        return synchronised
            ? Finding(state: .good, subject: "clock synchronisation", text: "synchronised")
            : Finding(
                state: .note, subject: "clock synchronisation",
                text:
                    "no sign of synchronisation; install systemd-timesyncd or chrony, sessions are billed by the clock")
    }

    private func dataFolder() -> [Finding] {
        guard site != nil || data != nil else { return [] }
        let path = DataFolder.path(given: data, site: site?.name ?? "site")
        if DataFolder.isLocked(path) {
            return [Finding(state: .good, subject: "data folder", text: "\(path), a host runs on it")]
        }
        do {
            _ = try DataFolder(path)
            return [Finding(state: .good, subject: "data folder", text: "\(path) can be used")]
        } catch {
            return [Finding(state: .bad, subject: "data folder", text: "\(error)")]
        }
    }
}
