/// A profile with the variants that hold for one device.
public struct ResolvedProfile: Sendable {
    /// The profile with these variants applied.
    public let profile: DeviceProfile
    /// The variants that hold, by their position in the file, counted from 0.
    public let applied: [Int]
    /// What is wrong with this combination of variants though each alone is right; empty as a rule.
    ///
    /// With an error here the device is not written to.
    public let diagnostics: [Diagnostic]

    /// Makes a result.
    public init(profile: DeviceProfile, applied: [Int] = [], diagnostics: [Diagnostic] = []) {
        self.profile = profile
        self.applied = applied
        self.diagnostics = diagnostics
    }
}
