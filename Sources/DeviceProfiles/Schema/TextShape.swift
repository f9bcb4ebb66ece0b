/// Texts that must have a certain shape.
enum TextShape: String, Sendable, CaseIterable {
    /// Anything.
    case any
    /// `vendor.model`.
    case profileID
    /// `major.minor.patch`.
    case version
    /// An SPDX licence expression.
    case license
    /// The name of an option, fact, fixture or variant.
    case name
    /// The name of a point, lanes as `.*`.
    case point
    /// A member of an enumeration.
    case member
    /// A name of `needs`.
    case need
    /// Two letters of a language, as ISO 639-1 has them.
    case language
    /// An address, or first and last.
    case span
    /// Two numbers or quantities: `6 A..63 A`.
    case range
    /// `confirm N` or `accept`.
    case counterDrop
    /// A poll class.
    case poll
    /// The parameters of a line, or `tcp`.
    case bus
    /// A frame of a write.
    case writeFrame
    /// A request of a plan.
    case planRequest

    /// A regular expression for editors (ECMA 262).
    var pattern: String? {
        switch self {
        case .any: nil
        case .profileID: "^[a-z0-9-]+\\.[a-z0-9-]+$"
        case .version: "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$"
        case .license: "^[A-Za-z0-9.+()-]+( [A-Za-z0-9.+()-]+)*$"
        case .name: "^[a-z][a-z0-9_]*$"
        case .point: "^[a-z][a-z0-9_]*(\\.[a-z0-9][a-z0-9_]*)*(\\.\\*)?$"
        case .member: "^[A-Za-z0-9][A-Za-z0-9_-]*$"
        case .need: "^(ascii|sunspec|units|modes|recover|mask-write|register-bits|plugin:[A-Za-z0-9._-]+)$"
        case .language: "^[a-z]{2}$"
        case .span: "^(-?[0-9]+|0x[0-9A-Fa-f]+)(\\.\\.(-?[0-9]+|0x[0-9A-Fa-f]+))?$"
        case .range: "^\\S.*\\.\\.-?[0-9].*$"
        case .counterDrop: "^(accept|confirm [1-9][0-9]*)$"
        case .poll: "^(fast|normal|slow|static|on-demand|on-change [a-z][a-z0-9_.]*)$"
        case .bus: "^(tcp|[0-9]+,[5-8],[neo],[12])$"
        case .writeFrame: "^(05|06|15|16) [0-9A-F]{4}( ([0-9A-F]{4}|[01]+))+$"
        case .planRequest: "^(@[0-9]+ )?0[1-4] ([0-9]+|0x[0-9A-Fa-f]+)\\+[1-9][0-9]*$"
        }
    }

    /// What it is, for messages.
    var words: String {
        switch self {
        case .any: "a text"
        case .profileID: "vendor.model of a-z, 0-9 and -"
        case .version: "a version such as 0.1.0"
        case .license: "an SPDX licence id"
        case .name: "a name of a-z, 0-9 and _ that begins with a letter and is no word of the language"
        case .point: "a point's name of a-z, 0-9, _ and dots that begins with a letter and is no word of the language"
        case .member: "a word of letters, digits, _ and -"
        case .need: "a feature's name, or plugin:NAME"
        case .language: "two letters of a language"
        case .span: "a whole number, or first..last"
        case .range: "a range such as [6 A, 63 A] or 6 A..63 A"
        case .counterDrop: "`confirm N` or `accept`"
        case .poll: "fast, normal, slow, static, on-demand or `on-change POINT`"
        case .bus: "a line such as 9600,8,n,1, or tcp"
        case .writeFrame: "a frame such as 06 1F9D 0064"
        case .planRequest: "a request such as 04 0x0034+20"
        }
    }
}
