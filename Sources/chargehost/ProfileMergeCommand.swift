import Foundation
import Host
import ProfileTrust
import YAML

/// `profile merge`
enum ProfileMergeCommand: Subcommand {
    static let name = "profile merge"
    static let summary = "brings a new version into a file that was changed here"
    static let accepted = Arguments.Accepted(values: ["base", "theirs", "to"], flags: ["json"], positionals: 1...1)
    static let help = """
        usage: chargehost profile merge FILE --base OLD --theirs NEW [--to FILE] [--json]

        For profiles of one's own in folders of the site, which updates leave alone. OLD is the version that FILE was made
        from, NEW the one to be brought in. What only one side changed is taken, key by key; remarks stay. Where both changed
        the same, FILE's side is kept, and the place printed as file:line:column. Prints the result, or writes it.

          --base OLD     the file as it was before it was changed here
          --theirs NEW   the new version
          --to FILE      where the result goes; a file that is there is replaced as a whole
          --json         {"text", "conflicts": [{"path", "line", "column", "message"}]}
        Ends with status 1 if there are conflicts; then nothing is written.

        example: chargehost profile merge profiles/keba.p30.yaml --base keba-0.1.0.yaml --theirs keba-0.2.0.yaml
        """

    struct Document: Encodable {
        struct Conflict: Encodable {
            var path: String
            var line: Int
            var column: Int
            var message: String
        }
        var text: String
        var conflicts: [Conflict]
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let file = arguments.positionals[0]
        let newFile = try arguments.required("theirs")
        let merge: ThreeWayMerge
        do {
            merge = try ThreeWayMerge(
                base: try text(try arguments.required("base")), ours: try text(file), theirs: try text(newFile))
        } catch let problem as YAMLProblem {
            throw CommandFailure(.fallsShort, "one of the files cannot be merged: \(problem)")
        }
        for conflict in merge.conflicts { Console.error(conflict.text(file: file, newFile: newFile)) }
        if arguments.flags.contains("json") {
            try Console.json(
                Document(
                    text: merge.text,
                    conflicts: merge.conflicts.map {
                        .init(path: $0.path, line: $0.ours.line, column: $0.ours.column, message: $0.what)
                    }))
        }
        guard merge.conflicts.isEmpty else { return .fallsShort }
        if let to = arguments.value("to") {
            do { try Data(merge.text.utf8).write(to: URL(fileURLWithPath: to), options: .atomic) } catch {
                throw CommandFailure(.fallsShort, "\(to) cannot be written: \(error.localizedDescription)")
            }
        } else if !arguments.flags.contains("json") {
            Console.write(merge.text, to: 1)
        }
        return .fine
    }

    private static func text(_ file: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.usage, "\(file) cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
