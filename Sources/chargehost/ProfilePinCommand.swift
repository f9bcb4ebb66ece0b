import Host

/// `profile pin`
enum ProfilePinCommand: Subcommand {
    static let name = "profile pin"
    static let summary = "keeps a profile at its version"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json", "off"], positionals: 0...1)
    static let help = """
        usage: chargehost profile pin [ID] [--off] [--data DIR] [--json]

        Keeps a profile at the version it has: update and install leave it alone until --off. Without an id the pins are
        listed. A withdrawn version stops writing, pinned or not.

          --off        lets go of it
          --data DIR   the data folder of the host; default as for run
          --json       {"ID": "VERSION"}

        example: chargehost profile pin keba.p30
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let choice = try TrustChoice(arguments)
        let pins: [String: String]
        do throws(TrustProblem) {
            if let id = arguments.positionals.first {
                let version = arguments.flags.contains("off") ? nil : choice.installer.version(of: id)
                if version == nil, !arguments.flags.contains("off") {
                    throw TrustProblem.notFetched(
                        id, "there is no profile of this id; chargehost profile list shows what there is")
                }
                try choice.folder.pin(id, to: version)
            }
            pins = try choice.folder.pins()
        } catch {
            if case .notFetched(let id, let why) = error { throw CommandFailure(.usage, "\(id): \(why)") }
            throw CommandFailure(error)
        }
        if arguments.flags.contains("json") {
            try Console.json(pins)
        } else {
            for (id, version) in pins.sorted(by: { $0.key < $1.key }) { Console.out("\(id) stays at \(version)") }
            if pins.isEmpty { Console.out("nothing is pinned") }
        }
        return .fine
    }
}
