import Foundation
import Host

/// `profile trust`
enum ProfileTrustCommand: Subcommand {
    static let name = "profile trust"
    static let summary = "which devices may be commanded by their profiles, and on whose word"
    static let accepted = Arguments.Accepted(values: ["data"], flags: ["json"], positionals: 0...0)
    static let help = """
        usage: chargehost profile trust [--data DIR] [--json]

        Shows for every device of the running host whose word its profile has, how far each capability is trusted (0 not
        tried, 1 its tests pass, 2 recorded from a device, 3 tried by its author, 4 confirmed by others, 5 the vendor's own),
        and what it may therefore not do.

          --data DIR   the data folder of the host; default as for run
          --json       {"devices", "warnings"}
        Ends with status 3 if no host runs.

        example: chargehost profile trust
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let answer: [UInt8]
        do throws(HostQuestion.Failure) {
            answer = try await HostQuestion(data: arguments.value("data")).ask("GET", "/api/v1/profiles")
        } catch {
            throw CommandFailure(error)
        }
        if arguments.flags.contains("json") {
            Console.out(String(decoding: answer, as: UTF8.self))
            return .fine
        }
        guard let document = try? JSONDecoder().decode(TrustDocument.self, from: Data(answer)) else {
            throw CommandFailure(.noAnswer, "the host gave an answer that cannot be read")
        }
        Console.out(
            Table(
                ["device", "profile", "version", "trust", ""],
                document.devices.map { device in
                    let trust = device.trust.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
                    return [
                        device.device, device.profile, device.version ?? "-", trust.joined(separator: ", "),
                        device.words,
                    ]
                }
            ).text)
        for device in document.devices {
            for (_, reason) in device.bars.sorted(by: { $0.key < $1.key }) {
                Console.out("\(device.device): \(reason)")
            }
        }
        for warning in document.warnings { Console.out("warning: \(warning)") }
        return .fine
    }
}
