/// One parameter that changes with a site's role.
public struct RoleParameter: Codable, Hashable, Sendable {
    /// Its name: a key of the site file, an OCPP key, or words.
    public var name: String
    /// What it is now; empty for nothing. A password is never shown.
    public var old: String
    /// What it will be; empty for nothing.
    public var new: String
    /// What a person does about it, where the host does not; nil where it does.
    public var by_hand: String?
}
