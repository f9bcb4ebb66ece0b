import Foundation
import OCPP
import Storage

/// The change of a site to another role: what it comes to is known before anything is touched.
///
/// What counted in the role that is left is kept in the data folder, and comes back with that role.
public struct RoleSwitch: Sendable {
    /// How a slave reaches its master.
    public struct Master: Hashable, Sendable {
        /// The URL of the master's listener for slaves, without the ChargePointID.
        public var url: String
        /// The ChargePointID with the connector that the slave stands for: `GARAGE#002`.
        public var id: String

        /// A master at `url`, by default at its end of the USB cable; the id is made of the site's name.
        public init(url: String? = nil, id: String? = nil, site: String) {
            self.url = url ?? "tcp://\(USBLink.masterAddress):\(BackendTarget.binaryPort)"
            let name = site.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
            self.id = id ?? String(name.prefix(20)) + "#002"
        }
    }

    /// The role that is left.
    public let from: Site.Role
    /// The role that is taken.
    public let to: Site.Role
    /// Everything that changes, the role first.
    public let parameters: [RoleParameter]
    /// The site file as it will be.
    public let text: String
    private let file: String
    private let before: String
    private let left: RoleValues
    private let keys: [String: String?]

    /// Plans the change of the site file at `file`; nothing is written.
    ///
    /// Throws ``RoleError``.
    public init(_ file: String, to role: Site.Role, master: Master? = nil, storage: SiteStorage) async throws(RoleError)
    {
        self.file = file
        to = role
        guard let data = FileManager.default.contents(atPath: file), let present = String(data: data, encoding: .utf8)
        else { throw .file(file, "it cannot be read") }
        before = present
        let (read, problems) = SiteReader.read(Array(data), file: file)
        guard let site = read else { throw .broken(file, problems.filter { $0.severity == .error }) }
        from = site.role
        do throws(SiteFileText.Refusal) {
            var edited = SiteFileText(present)
            let stored = StoredRoleValues(storage: storage)
            let keysNow: [String: String]
            let remembered: RoleValues?
            let connectors: Int
            do throws(StorageError) {
                keysNow = try await RoleValues.keys(storage)
                remembered = try await stored.values(role)
                connectors = try await storage.connectors().filter { $0.retiredAt == nil }.map(\.number).max() ?? 1
            } catch {
                throw SiteFileText.Refusal.unreadable("\(error)")
            }
            left = try RoleValues(edited, keys: keysNow)
            let wanted =
                from == role
                ? left
                : remembered
                    ?? Self.fresh(role, from: from, left, master ?? Master(site: site.name))
            try edited.setScalar("role", to: role.rawValue, after: "name")
            if wanted.mode != left.mode { try edited.setScalar("mode", to: wanted.mode, after: "role") }
            if wanted.backend != left.backend { try edited.setRaw("backend", in: "ocpp", to: wanted.backend) }
            if wanted.slaves != left.slaves { try edited.setRaw("slaves", in: "ocpp", to: wanted.slaves) }
            text = from == role ? present : edited.text
            var keys: [String: String?] = [:]
            for key in RoleValues.dependent where wanted.keys[key] != keysNow[key] {
                keys.updateValue(wanted.keys[key], forKey: key)
            }
            self.keys = keys
            parameters =
                from == role ? [] : RoleParameters(from: from, to: role, left, wanted, keys, connectors: connectors).all
        } catch {
            throw .refused(error.description)
        }
        let (_, after) = SiteReader.read(Array(text.utf8), file: file)
        let errors = after.filter { $0.severity == .error }
        guard errors.isEmpty else { throw .broken(file, errors) }
    }

    /// Whether the site has the role already.
    public var isNothing: Bool { from == to }

    /// Makes the change: the former values are stored, the site file is replaced in one step, then the keys are set.
    ///
    /// Throws ``RoleError``; the file is then as it was.
    public func apply(_ storage: SiteStorage) async throws(RoleError) {
        guard !isNothing else { return }
        let stored = StoredRoleValues(storage: storage)
        do throws(StorageError) { try await stored.keep(left, for: from) } catch { throw .storage(error) }
        try SiteFileReplacement.write(text, to: file, expecting: before)
        do throws(StorageError) {
            try await stored.store(keys)
        } catch {
            try SiteFileReplacement.write(before, to: file, expecting: text)
            throw .storage(error)
        }
    }

    /// The values of a role that the site never had.
    private static func fresh(
        _ role: Site.Role, from: Site.Role, _ left: RoleValues, _ master: Master
    ) -> RoleValues {
        var values = left
        if from == .slave {
            values.mode = nil
            values.backend = nil
            values.keys = [:]
        }
        switch role {
        case .master:
            values.slaves = left.slaves ?? "slaves: {json: \"0.0.0.0:19520\", binary: \"0.0.0.0:1600\"}\n"
        case .standalone: values.slaves = nil
        case .slave:
            values.mode = left.mode == "off" ? "off" : "observe"
            values.backend = "backend: {url: \"\(master.url)\", id: \"\(master.id)\"}\n"
            values.slaves = nil
            values.keys = RoleValues.slaveKeys
        }
        return values
    }
}

/// Why a role cannot be changed.
public enum RoleError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The site file cannot be read or written.
    case file(String, String)
    /// A place of the site file cannot be changed by a program.
    case refused(String)
    /// The site file has errors, or would have them.
    case broken(String, [SiteProblem])
    /// The data folder fails.
    case storage(StorageError)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .file(let file, let why): "the site file \(file): \(why)"
        case .refused(let why): why
        case .broken(let file, let problems):
            "nothing was changed, for the site file would not be right:\n"
                + problems.map { $0.text(file: file) }.joined(separator: "\n")
        case .storage(let error): "\(error)"
        }
    }
}
