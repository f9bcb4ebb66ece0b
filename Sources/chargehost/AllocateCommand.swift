import DriverAPI
import Foundation
import Host
import LoadManagement

/// `allocate`
enum AllocateCommand: Subcommand {
    static let name = "allocate"
    static let summary = "load management alone, line by line"
    static let accepted = Arguments.Accepted(flags: ["jsonl"])
    static let help = """
        usage: chargehost allocate --jsonl < REQUESTS

        Reads one site and its boxes a line as JSON, and answers each with one line: what every box gets, and why not
        more. A line that cannot be understood is answered with its error, and the next one is read.

          --jsonl   one JSON object a line, the only form there is

        example: echo '{"id":"1","nodes":{"main":{"limit":[16,16,16]}},"boxes":[{"id":"a","node":"main","max":16},
                 {"id":"b","node":"main","max":16}]}' | tr -d '\\n' | chargehost allocate --jsonl
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        guard arguments.flags.contains("jsonl") else { throw UsageError("--jsonl is needed") }
        let clock = SystemClock()
        while let line = readLine(strippingNewline: true) {
            if line.allSatisfy(\.isWhitespace) { continue }
            let answer = AllocateLine.answer(Data(line.utf8)) { Int(clock.now.nanoseconds / 1000) }
            Console.out(String(decoding: answer, as: UTF8.self))
        }
        return .fine
    }
}
