/// What the process ends with.
enum ExitStatus: Int32 {
    /// All is well.
    case fine = 0
    /// What was checked falls short.
    case fallsShort = 1
    /// The call is wrong.
    case usage = 2
    /// A device or peer did not answer.
    case noAnswer = 3
    /// Refused by licence, role or trust.
    case refused = 4
}
