/// A rule that every driver has to keep; the number is never used for another.
public enum DriverRule: String, Hashable, Sendable, CaseIterable {
    case manifest = "D001"
    case describes = "D002"
    case unknownMethod = "D003"
    case garbage = "D004"
    case unknownMembers = "D005"
    case unreachable = "D006"
    case opens = "D007"
    case readings = "D008"
    case units = "D009"
    case reads = "D010"
    case refusesNonsense = "D011"
    case charge = "D012"
    case stop = "D013"
    case severalDevices = "D014"
    case closes = "D015"
    case opensAgain = "D016"
    case onlyMessages = "D017"
    case ends = "D018"

    /// What the rule asks for.
    public var title: String {
        switch self {
        case .manifest: "the manifest is right and its program is there"
        case .describes: "describe is answered as the manifest says"
        case .unknownMethod: "a method that it does not have is answered with -32601"
        case .garbage: "a line that is no message is survived"
        case .unknownMembers: "members that it does not know are ignored"
        case .unreachable: "an address where nothing is hinders nothing"
        case .opens: "open is answered, and the device is online within 30 s"
        case .readings: "good readings come by themselves, or by the interval it asked for"
        case .units: "the units fit the points"
        case .reads: "read is answered with the points that were asked for"
        case .refusesNonsense: "a point that there is not is not set"
        case .charge: "a limit is told, rounded down, never up"
        case .stop: "charging can be stopped, or the description says that it cannot"
        case .severalDevices: "two devices are served side by side"
        case .closes: "a closed device says no more"
        case .opensAgain: "a closed device can be opened again"
        case .onlyMessages: "nothing but right messages is on standard output"
        case .ends: "it ends by itself within 2 s when standard input does"
        }
    }
}

/// What came of one rule.
public struct DriverVerdict: Hashable, Sendable {
    /// How it came out.
    public enum Outcome: String, Hashable, Sendable {
        /// The rule is kept.
        case passed
        /// It is broken.
        case failed
        /// It could not be tried, or does not apply.
        case skipped
    }

    /// The rule.
    public var rule: DriverRule
    /// How it came out.
    public var outcome: Outcome
    /// What was seen, in words; empty where it passed.
    public var reason: String
}
