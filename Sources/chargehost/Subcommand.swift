/// One command of the program.
protocol Subcommand: Sendable {
    /// Its name, several words apart by a blank.
    static var name: String { get }
    /// One line for the list of commands.
    static var summary: String { get }
    /// Usage, options and an example.
    static var help: String { get }
    /// What it accepts.
    static var accepted: Arguments.Accepted { get }
    /// Does it.
    static func run(_ arguments: Arguments) async throws -> ExitStatus
}
