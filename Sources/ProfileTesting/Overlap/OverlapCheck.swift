import DeviceProfiles
import ModbusProfile
import YAML

/// Finds other profiles that take this profile's fixtures for their own device.
///
/// Reaching their own `accept` is an error, reaching their `ask_installer_from` a warning. Profiles that serve the same
/// device on purpose are left out: white labels of each other, and the other classes of a device that is several things
/// (same vendor, another class).
public struct OverlapCheck: Sendable {
    /// The profile whose fixtures are tried.
    public let profile: any VariableProfile
    /// Its file.
    public let file: String
    /// The other profiles.
    public let library: [any VariableProfile]

    /// Prepares a check.
    public init(profile: any VariableProfile, file: String, library: [any VariableProfile]) {
        self.profile = profile
        self.file = file
        self.library = library
    }

    /// What was found, by fixture and profile in alphabetical order.
    public func diagnostics() async -> [Diagnostic] {
        var found: [Diagnostic] = []
        let own = profile.profile
        for (name, fixture) in own.fixtures.sorted(by: { $0.key < $1.key }) where !fixture.silent {
            let test = own.tests.first { $0.given == name }
            let scores = FixtureScore(fixture: fixture, of: profile, options: test?.options ?? [:])
            for other in library.sorted(by: { $0.profile.id < $1.profile.id }) where competes(other.profile) {
                guard let rules = other.profile.identify else { continue }
                let score = await scores.score(of: other)
                let asks = min(rules.askInstallerFrom, rules.accept)
                guard score >= asks else { continue }
                var diagnostic = Diagnostic(
                    .fingerprint, file: file, mark: test?.mark ?? Mark(line: 1, column: 1),
                    message: "\(other.profile.id) takes the fixture \(name) of \(own.id) for its own device: it scores "
                        + "\(score), and \(score >= rules.accept ? "accepts from \(rules.accept)" : "asks from \(asks)")"
                )
                if score < rules.accept { diagnostic.severity = .warning }
                found.append(diagnostic)
            }
        }
        return found
    }

    private func competes(_ other: DeviceProfile) -> Bool {
        let own = profile.profile
        if other.id == own.id { return false }
        if other.products.contains(where: { $0.whiteLabelOf == own.id }) { return false }
        if own.products.contains(where: { $0.whiteLabelOf == other.id }) { return false }
        let vendor = own.id.prefix { $0 != "." }
        return other.id.prefix { $0 != "." } != vendor || other.deviceClass == own.deviceClass
    }
}
