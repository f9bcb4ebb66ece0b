import Foundation
import Host
import Recording

/// `replay`
enum ReplayCommand: Subcommand {
    static let name = "replay"
    static let summary = "decides again what was recorded, and compares"
    static let accepted = Arguments.Accepted(
        values: ["from", "to", "box", "test"], flags: ["json", "check", "accept", "anonymous"], positionals: 1...10_000)
    static let help = """
        usage: chargehost replay FILE|FOLDER… [--from T] [--to T] [--box ID] [--json]
               chargehost replay FILE|FOLDER… [--from T] [--to T] --test NAME [--anonymous] > NAME.json
               chargehost replay --check NAME.json… [--accept] [--json]

        The flight recorder keeps what came in and what was decided in the data folder. This command decides it again,
        and prints a line for every tick at which this version decides otherwise, and a summary.

          FOLDER        a data folder, or its folder recordings
          --from T      from this time on: 2026-11-21T07:54:00Z, or +90s, +15m, +2h after the recording began
          --to T        up to this time
          --box ID      what happened to one box in words: when it was told what, and why
          --test NAME   prints the piece as a test that stands by itself, at most one hour
          --anonymous   with box-1, circuit-1 and so on for the names of boxes and circuits
          --check       runs tests that --test made
          --accept      writes into them what this version decides
          --json        one JSON document

        Ends with 1 when a decision differs, a file is damaged, or nothing was recorded then.

        example: chargehost replay ~/.local/share/chargehost/garage --box north --from +2h
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        if arguments.flags.contains("check") { return try ReplayCheck.run(arguments) }
        guard !arguments.flags.contains("accept") else { throw UsageError("--accept goes with --check") }
        let files = arguments.positionals.flatMap { path in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return exists && isFolder.boolValue ? RecordingFolder.find(path).files() : [path]
        }
        guard !files.isEmpty else {
            throw CommandFailure(
                .fallsShort, "there are no recordings in \(arguments.positionals.joined(separator: ", "))")
        }
        let recording = try RecordedSite(files)
        let window = try ReplayWindow(arguments, recording)
        if let name = arguments.value("test") {
            return try cut(name, recording, window, anonymous: arguments.flags.contains("anonymous"))
        }
        guard !arguments.flags.contains("anonymous") else { throw UsageError("--anonymous goes with --test") }
        if let box = arguments.value("box") {
            return try tell(box, recording, window, json: arguments.flags.contains("json"))
        }
        let report = try recording.replay(window) { _, _, _ in }
        try show(report, json: arguments.flags.contains("json"))
        return report.isEqual && !report.isDamaged && report.ticks > 0 ? .fine : .fallsShort
    }

    private static func show(_ report: ReplayReport, json: Bool) throws {
        let text = ReplayText(report)
        if json { try Console.json(text.document) } else { Console.out(text.lines().joined(separator: "\n")) }
    }

    private static func tell(
        _ box: String, _ recording: RecordedSite, _ window: ReplayWindow, json: Bool
    ) throws -> ExitStatus {
        var story = BoxStory(box)
        var lines: [BoxStory.Line] = []
        var names: Set<String> = []
        let report = try recording.replay(window) { tick, time, _ in
            lines += story.lines(tick, time: time)
            names.formUnion(tick.decision.boxes.keys)
        }
        guard names.contains(box) else {
            let known = names.sorted().joined(separator: ", ")
            throw CommandFailure(
                .usage, "no box \"\(box)\" is in the recording\(known.isEmpty ? "" : "; there are: \(known)")")
        }
        if json {
            try Console.json(lines.map { ["time": ReplayText.time($0.time), "text": $0.text] })
        } else {
            for line in lines { Console.out("\(ReplayText.time(line.time))  \(line.text)") }
            for note in report.notes { Console.error(note) }
        }
        return report.isEqual && !report.isDamaged ? .fine : .fallsShort
    }

    private static func cut(
        _ name: String, _ recording: RecordedSite, _ window: ReplayWindow, anonymous: Bool
    ) throws -> ExitStatus {
        let document = try RecordingCut(recording, window, name).document(anonymous: anonymous)
        Console.write(document.text, to: STDOUT_FILENO)
        return .fine
    }
}
