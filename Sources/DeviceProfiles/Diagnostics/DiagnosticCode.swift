/// The rules that a profile is checked by; the code of a diagnostic names its rule.
public enum DiagnosticCode: String, Codable, Sendable, CaseIterable {
    case duplicateKey = "P001"
    case unknownKey = "P002"
    case wrongKind = "P003"
    case tab = "P004"
    case anchor = "P005"
    case tooLarge = "P006"
    case aliasBomb = "P007"
    case syntax = "P008"
    case encoding = "P009"
    case address = "P010"
    case place = "P011"
    case overlap = "P012"
    case lanes = "P013"
    case split = "P014"
    case unit = "P020"
    case semantics = "P021"
    case mandatoryPoint = "P022"
    case enumeration = "P023"
    case rawRange = "P024"
    case writable = "P030"
    case wear = "P031"
    case persistence = "P032"
    case verification = "P033"
    case keepAlive = "P034"
    case unattended = "P035"
    case expression = "P040"
    case sequence = "P041"
    case variant = "P042"
    case fingerprint = "P050"
    case fixture = "P051"
    case test = "P052"
    case busShare = "P060"
    case text = "P070"
    case needs = "P071"
    case version = "P080"

    /// Warnings are shown and let the profile pass; errors refuse it.
    public var severity: Diagnostic.Severity {
        switch self {
        case .keepAlive, .unattended, .busShare: .warning
        default: .error
        }
    }

    /// The rule in a few words, for lists of rules.
    public var summary: String {
        switch self {
        case .duplicateKey: "a key stands twice in one mapping"
        case .unknownKey: "a key that the language does not know"
        case .wrongKind: "a value of the wrong kind, or a required key that is missing"
        case .tab: "a tab in the indentation"
        case .anchor: "anchors, aliases, merge keys, tags and further documents are not allowed"
        case .tooLarge: "the file is too large"
        case .aliasBomb: "the file is nested too deeply or holds too many values"
        case .syntax: "the file is not YAML"
        case .encoding: "the file is not UTF-8"
        case .address: "the addressing base is missing, or an address does not exist"
        case .place: "a point lies outside what one request may read or write"
        case .overlap: "two points read the same registers with different types"
        case .lanes: "the lanes of a point overlap"
        case .split: "a value or an atomic group does not fit one request"
        case .unit: "a unit that does not convert, or a factor that is not exact"
        case .semantics: "a canonical point with the wrong type, or a name that is not canonical"
        case .mandatoryPoint: "a point that the class must have is missing"
        case .enumeration: "an enumeration that is not canonical, not complete or not invertible"
        case .rawRange: "a raw value outside the type, or an impossible plausible range"
        case .writable: "a write that can not be turned into raw values"
        case .wear: "a repeated write would wear out the device's memory"
        case .persistence: "a write does not say where the device keeps it, or how often it may happen"
        case .verification: "a write is not read back as it must be"
        case .keepAlive: "the keepalive deadline is short against the bus round"
        case .unattended: "the device would go on charging unattended"
        case .expression: "an expression that is wrong"
        case .sequence: "a sequence of steps that is not bounded or harms the device"
        case .variant: "variants that are never reached, contradict each other or leave a mandatory point out"
        case .fingerprint: "an identification that is unsafe or can not succeed"
        case .fixture: "a fixture that does not fit the points"
        case .test: "a test of the profile fails"
        case .busShare: "the fast points use more than half of the bus"
        case .text: "a text, licence or source is missing or too long"
        case .needs: "something that this version of the host does not have"
        case .version: "the version does not tell what changed"
        }
    }
}
