import DriverAPI
import Foundation
import Host

/// `limit`
enum LimitCommand: Subcommand {
    static let name = "limit"
    static let summary = "an operator's limit on the whole site"
    static let accepted = Arguments.Accepted(values: ["for", "data"], flags: ["off", "json"], positionals: 0...1)
    static let help = """
        usage: chargehost limit [POWER] [--for TIME] [--off] [--data DIR] [--json]

        Limits what all boxes of the running host may draw together. It holds at once, outlasts a restart of the host, and
        ends after TIME or with --off. Without POWER the present limit is shown.

          POWER        such as 4.2kW or 11000W; 0W stops all boxes that can be stopped
          --for TIME   such as 30min or 2h; without: until --off
          --off        takes the limit back
          --data DIR   the data folder of the host; default as for run
          --json       {"power_w": 4200, "until": "2026-11-21T18:00:00Z"}
        Ends with status 3 if no host runs.

        example: chargehost limit 4.2kW --for 1h
        """

    private struct Limit: Codable {
        var power_w: Double?
        var until: String?
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let body = try request(arguments)
        do {
            let host = try HostQuestion(data: arguments.value("data"))
            let answer = try await host.ask(body == nil ? "GET" : "POST", "/api/v1/limit", body ?? [])
            guard let limit = try? JSONDecoder().decode(Limit.self, from: Data(answer)) else {
                throw CommandFailure(.noAnswer, "the host gave an answer that cannot be read")
            }
            if arguments.flags.contains("json") { try Console.json(limit) } else { Console.out(sentence(limit)) }
            return .fine
        } catch let failure as HostQuestion.Failure {
            throw CommandFailure(failure)
        }
    }

    /// What is asked for; nil where the limit is only shown.
    private static func request(_ arguments: Arguments) throws -> [UInt8]? {
        if arguments.flags.contains("off") {
            guard arguments.positionals.isEmpty, arguments.value("for") == nil else {
                throw UsageError("--off goes with nothing else")
            }
            return Array(#"{"power_w": null}"#.utf8)
        }
        guard let text = arguments.positionals.first else {
            if arguments.value("for") != nil { throw UsageError("--for needs a POWER") }
            return nil
        }
        guard let power = QuantityText.amount(text, .power), power >= 0 else {
            throw UsageError("\"\(text)\" is no power; write 4.2kW or 4200W")
        }
        var seconds = ""
        if let time = arguments.value("for") {
            guard let amount = QuantityText.amount(time, .time), amount >= 1 else {
                throw UsageError("--for \"\(time)\" is no time; write 30min or 2h")
            }
            seconds = ", \"for_s\": \(amount.double)"
        }
        return Array("{\"power_w\": \(power.double)\(seconds)}".utf8)
    }

    private static func sentence(_ limit: Limit) -> String {
        guard let power = limit.power_w else { return "no limit is set" }
        let until = limit.until.map { " until \($0)" } ?? " until it is taken back with --off"
        return "all boxes together draw at most \(power / 1000) kW\(until)"
    }
}

extension CommandFailure {
    /// No host, or a host that refused.
    init(_ failure: HostQuestion.Failure) {
        switch failure {
        case .noHost: self.init(.noAnswer, failure.description)
        case .refused(let text, let status): self.init(status == 404 ? .usage : .refused, text)
        }
    }
}
