import DriverAPI

/// Where the driver finds profiles: the host's library, or a single file.
public protocol ProfileSource: Sendable {
    /// The profile that a site file names by id or path.
    ///
    /// Throws ``DriverError/configuration(_:)`` when there is none, or it has errors.
    func profile(_ reference: String) async throws(DriverError) -> any VariableProfile
}
