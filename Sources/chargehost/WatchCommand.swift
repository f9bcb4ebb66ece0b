import DriverAPI
import Foundation
import Host

/// `watch`
enum WatchCommand: Subcommand {
    static let name = "watch"
    static let summary = "live values while the profile is edited"
    static let accepted = Arguments.Accepted(values: DeviceArguments.values.union(["rounds"]), positionals: 0...0)
    static let help = """
        usage: chargehost watch --profile P --address A [--unit N] [--option K=V]… [--rounds N]

        Shows a device's values once a second, and reads the profile anew whenever its file changes. Mistakes in the file
        are shown and the last good profile goes on. Where a running host has the line open, it is read through it, and the
        host's own devices are not written. Ends with Ctrl-C.

        \(DeviceArguments.help)
          --rounds N       ends after N rounds

        example: chargehost watch --profile ./acme.one.yaml --address 192.168.2.40
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let device = try DeviceArguments(arguments).configuration
        let rounds = try arguments.integer("rounds", 1...1_000_000)
        let library = ProfileLibrary()
        let file = try ProfileFiles.load([device.profile], library: library)[0].file
        var watched = try await WatchedDevice(
            device, file: file, library: library, lines: await SharedLines(data: arguments.value("data")))
        var round = 0
        while rounds.map({ round < $0 }) ?? true {
            round += 1
            let lines = await watched.next()
            if Console.isTerminal { Console.write("\u{1B}[H\u{1B}[J", to: 1) }
            Console.out(lines.joined(separator: "\n"))
            try await Task.sleep(for: .seconds(1))
        }
        await watched.close()
        return .fine
    }
}
