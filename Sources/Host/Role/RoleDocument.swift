import Storage

/// A site's role, and what another one would change, as programs get it.
public struct RoleDocument: Codable, Hashable, Sendable {
    /// The role.
    public var role: Site.Role
    /// What changes with every other role, by its name.
    public var switches: [String: [RoleParameter]]
    /// Why a role cannot be taken by command, by its name; nil where all can.
    public var refused: [String: String]?

    /// The role of the site file at `file`. Throws ``RoleError`` where it cannot be read.
    public init(_ file: String, storage: SiteStorage) async throws(RoleError) {
        var switches: [String: [RoleParameter]] = [:]
        var refused: [String: String] = [:]
        var role: Site.Role?
        for other in Site.Role.allCases {
            do throws(RoleError) {
                let change = try await RoleSwitch(file, to: other, storage: storage)
                role = change.from
                if !change.isNothing { switches[other.rawValue] = change.parameters }
            } catch {
                refused[other.rawValue] = error.description
            }
        }
        guard let role else { throw .refused(refused.values.sorted().first ?? "the site file cannot be read") }
        self.role = role
        self.switches = switches
        self.refused = refused.isEmpty ? nil : refused
    }
}
