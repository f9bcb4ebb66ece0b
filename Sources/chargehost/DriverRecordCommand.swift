import DriverAPI
import DriverPrograms

/// `driver record`
enum DriverRecordCommand: Subcommand {
    static let name = "driver record"
    static let summary = "keeps what a driver says of a real device"
    static let accepted = Arguments.Accepted(values: ["address", "unit", "option", "seconds"], positionals: 2...2)
    static let help = """
        usage: chargehost driver record DIR FILE --address ADDR [--unit N] [--option NAME=VALUE]… [--seconds N]

        Opens a real device with the driver in a folder, reads it, and writes everything that is said between host and
        driver into a file of JSON lines. Nothing is written to the device. Look through the file before you pass it on: serial
        numbers and addresses are in it.

          --address ADDR        the device
          --unit N              its unit
          --option NAME=VALUE   an option of the device
          --seconds N           how long, 1 to 3600; default 30

        example: chargehost driver record drivers/http-meter meter.jsonl --address http://192.168.1.9/status --option power=kw
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        var options: [String: String] = [:]
        for text in arguments.values["option"] ?? [] {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw UsageError("--option must be NAME=VALUE, not \"\(text)\"") }
            options[String(parts[0])] = String(parts[1])
        }
        let device = DeviceConfiguration(
            id: "recorded", profile: "", address: try arguments.required("address"),
            unit: try arguments.integer("unit", 0...255), options: options)
        let seconds = try arguments.integer("seconds", 1...3600) ?? 30
        let tape: Tape
        do {
            tape = try await DriverTape(arguments.positionals[0]).record(device, for: .seconds(seconds))
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        try DriverTapeFile.write(tape, to: arguments.positionals[1])
        Console.out("\(tape.lines.count) lines in \(arguments.positionals[1])")
        return tape.hasGoodReadings ? .fine : .noAnswer
    }
}
