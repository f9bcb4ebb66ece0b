import YAML

/// Why a profile cannot be found.
public enum LibraryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No folder has it.
    case unknown(String, known: [String], folders: [String])
    /// There is no such file.
    case noFile(String, String)
    /// The file cannot be read.
    case unreadable(String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .unknown(let id, let known, let folders):
            if let near = closest(to: id, among: known) {
                return "profile \"\(id)\" is unknown, did you mean \"\(near)\"?"
            }
            if folders.isEmpty {
                return "profile \"\(id)\" is unknown: no library was found; set CHARGEHOST_PROFILES to its folder"
            }
            return "profile \"\(id)\" is unknown; `chargehost profile list` shows what there is"
        case .noFile(let reference, let folder):
            return "there is no profile file \"\(reference)\" (looked in \(folder))"
        case .unreadable(let file): return "\(file) cannot be read; check its permissions"
        }
    }
}
