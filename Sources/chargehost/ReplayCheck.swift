import Foundation
import Host
import Recording

/// `replay --check`
enum ReplayCheck {
    private struct Result: Encodable {
        var file: String
        var error: String?
        var report: ReplayText.Document?
    }

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        var results: [Result] = []
        var failed = 0
        let json = arguments.flags.contains("json")
        for file in arguments.positionals {
            do {
                let report = try check(file, accept: arguments.flags.contains("accept"))
                if !report.isEqual { failed += 1 }
                results.append(Result(file: file, error: nil, report: ReplayText(report, isDocument: true).document))
                if !json { show(file, report) }
            } catch let error as any CustomStringConvertible & Error
                where error is RecordingError || error is DocumentError
            {
                failed += 1
                results.append(Result(file: file, error: error.description, report: nil))
                if !json { Console.out("\(file): \(error.description)") }
            }
        }
        if json {
            try Console.json(results)
        } else {
            Console.out("\(arguments.positionals.count - failed) passed, \(failed) failed")
        }
        return failed == 0 ? .fine : .fallsShort
    }

    private static func check(_ file: String, accept: Bool) throws -> ReplayReport {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.usage, "\(file) cannot be read")
        }
        var document = try ReplayDocument(text: [UInt8](data))
        if accept {
            document = try document.accepted(program: HostVersion.chargehost)
            do { try document.text.write(toFile: file, atomically: true, encoding: .utf8) } catch {
                throw CommandFailure(.fallsShort, "\(file) cannot be written: \(error.localizedDescription)")
            }
        }
        return try document.run()
    }

    private static func show(_ file: String, _ report: ReplayReport) {
        let text = ReplayText(report, isDocument: true)
        if report.isEqual {
            Console.out("\(file): \(report.ticks) ticks, every decision is the same")
        } else {
            Console.out(([file + ":"] + text.lines().map { "  " + $0 }).joined(separator: "\n"))
        }
    }
}
