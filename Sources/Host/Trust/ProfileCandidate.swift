import DeviceProfiles
import Foundation
import Licensing
import ProfileTesting
import ProfileTrust

/// A profile that is about to be installed: its bytes, and what is known of them.
public struct ProfileCandidate: Sendable {
    /// The file.
    public let bytes: [UInt8]
    /// Where it came from.
    public let place: String
    /// What it says.
    public let document: ProfileDocument
    /// The SHA-256 of the file.
    public let hash: String
    /// How many of its tests pass.
    public let passed: Int

    /// The profile's id.
    public var id: String { document.profile.id }
    /// Its version.
    public var version: String { document.profile.versionText }

    /// Checks a profile by every rule of the language and runs its tests against the other profiles of `library`.
    ///
    /// Throws ``InstallProblem``.
    public init(_ bytes: [UInt8], place: String, library: ProfileLibrary) async throws(InstallProblem) {
        self.bytes = bytes
        self.place = place
        hash = Digest.sha256(bytes)
        let load = ProfileDocument.load(bytes, file: place)
        let errors = load.diagnostics.filter { $0.severity == .error }
        guard let document = load.document, errors.isEmpty else { throw .errors(place, errors) }
        self.document = document
        let others = library.entries().compactMap { entry in try? library.load(entry.file).document }
        let report = await ProfileTestRunner(
            profile: document, file: place, library: others.filter { $0.profile.id != document.profile.id }
        ).run()
        let overlaps = report.diagnostics.filter { $0.severity == .error }
        guard report.failed == 0, overlaps.isEmpty else {
            throw .tests(document.profile.id, failed: report.failed, overlaps)
        }
        passed = report.passed
    }
}
