import YAML

/// One thing that is wrong with a site file, or that its owner must know.
public struct SiteProblem: Error, Hashable, Sendable {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable, Codable { case error, warning }

    /// The kinds, with the codes people can search for.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The text is not the YAML this host reads.
        case yaml = "S001"
        /// A key nobody knows.
        case unknownKey = "S002"
        /// A value of the wrong kind.
        case wrongKind = "S003"
        /// A required key is missing.
        case missing = "S004"
        /// The schema is unknown.
        case schema = "S010"
        /// Two things have one id, or an id is no name.
        case id = "S011"
        /// A circuit's parent, meter or limit.
        case circuit = "S020"
        /// An address, unit id or line.
        case address = "S030"
        /// Two devices answer to one unit id of one line.
        case clash = "S031"
        /// The profile is missing or broken.
        case profile = "S040"
        /// An option is missing or wrong.
        case option = "S041"
        /// The role does not fit the device.
        case role = "S042"
        /// Nobody vouches for the profile.
        case trust = "S043"
        /// The driver program is missing or broken.
        case driver = "S044"
        /// What boxes do by themselves passes a limit.
        case fallBack = "S050"
        /// A box has no watchdog.
        case unattended = "S051"
        /// A line is too busy.
        case lineLoad = "S060"
        /// How a connection is protected does not fit, or a secret stands in the file.
        case security = "S070"
        /// This version does not have the feature.
        case unsupported = "S090"

        /// Whether a site with such an error must not run; one broken device must not keep the others from running.
        public var stopsRunning: Bool {
            switch self {
            case .profile, .option, .lineLoad, .unsupported, .unattended, .trust, .driver: false
            default: true
            }
        }
    }

    /// The kind.
    public var code: Code
    /// How bad it is.
    public var severity: Severity
    /// Where; nil for the file as a whole.
    public var mark: Mark?
    /// What happened and what to do.
    public var message: String

    /// Makes a problem.
    ///
    /// Severity and place as ``check`` shows them.
    public init(_ code: Code, _ severity: Severity = .error, at mark: Mark?, _ message: String) {
        self.code = code
        self.severity = severity
        self.mark = mark
        self.message = message
    }

    /// `file:line:column code text`.
    public func text(file: String) -> String {
        let place = mark.map { ":\($0.line):\($0.column)" } ?? ""
        return "\(file)\(place) \(code.rawValue) \(severity == .warning ? "warning: " : "")\(message)"
    }
}
