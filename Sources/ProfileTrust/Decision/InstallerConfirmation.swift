/// An installer's word that a profile does what it should, with the box in view.
public struct InstallerConfirmation: Hashable, Sendable, Codable {
    /// The SHA-256 of the profile's file as it was then; any edit makes another one.
    public var hash: String
    /// The profile's id.
    public var profile: String
    /// The device it was tried on; nil where it holds for all of this profile.
    public var device: String?
    /// What was tried and seen, in the installer's words.
    public var statement: String
    /// Who says so.
    public var by: String
    /// When, in seconds since 1970.
    public var time: Int64

    /// Makes one.
    public init(hash: String, profile: String, device: String?, statement: String, by: String, time: Int64) {
        self.hash = hash
        self.profile = profile
        self.device = device
        self.statement = statement
        self.by = by
        self.time = time
    }

    /// Whether it holds for a device that runs the file.
    public func holds(for device: String, hash: String) -> Bool {
        self.hash == hash && (self.device == nil || self.device == device)
    }
}
