import DeviceProfiles
import ProfileTrust

/// Why a profile is not installed.
public enum InstallProblem: Error, Sendable, CustomStringConvertible {
    /// Something about trust or files.
    case trust(TrustProblem)
    /// It has errors.
    case errors(String, [Diagnostic])
    /// Its own tests fail.
    case tests(String, failed: Int, [Diagnostic])
    /// Its bytes are not the ones that the index lists for its version.
    case otherBytes(String, String)
    /// It was withdrawn: id and version, index, reason.
    case withdrawn(String, index: String, reason: String)
    /// No index offers a profile of this id.
    case unknown(String)
    /// It is pinned to a version.
    case pinned(String, to: String)
    /// It is another major version, which needs consent.
    case major(String, from: String, to: String)
    /// What was changed here and upstream does not go together.
    case conflicts(String, file: String, newFile: String, [MergeConflict])
    /// It is not installed.
    case notInstalled(String)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .trust(let problem): return problem.description
        case .errors(let name, let diagnostics):
            return ([diagnosed(diagnostics)] + ["\(name) has \(diagnostics.count) errors; it is not installed"])
                .joined(separator: "\n")
        case .tests(let name, let failed, let diagnostics):
            return ([diagnosed(diagnostics)] + ["\(failed) of the tests of \(name) fail; it is not installed"])
                .joined(separator: "\n")
        case .otherBytes(let id, let version):
            return "\(id) \(version) is not the one that the index lists: its bytes were changed. Fetch it again; "
                + "a version of your own needs a version number of its own"
        case .withdrawn(let profile, let index, let reason):
            return "\(profile) was withdrawn by the index '\(index)': \(reason)"
        case .unknown(let id):
            return "no trusted index offers \(id); give a file or a URL, or add an index: chargehost profile index add"
        case .pinned(let id, let version):
            return "\(id) is pinned to \(version); chargehost profile pin \(id) --off lets go of it"
        case .major(let id, let old, let new):
            return "\(id) \(new) means something else than \(old); read what changed, then: "
                + "chargehost profile update \(id) --major"
        case .conflicts(_, let file, let newFile, let conflicts):
            return conflicts.map { $0.text(file: file, newFile: newFile) }.joined(separator: "\n")
                + "\n\(conflicts.count) conflicts; \(file) is unchanged, the new version is kept in \(newFile)"
        case .notInstalled(let id): return "\(id) is not installed; chargehost profile list shows what is"
        }
    }

    private func diagnosed(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(\.description).joined(separator: "\n")
    }
}
