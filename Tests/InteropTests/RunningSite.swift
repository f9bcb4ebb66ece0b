import Foundation
import Testing

/// A host in a process of its own, with its site file and its data in a folder.
final class RunningSite {
    let folder: Folder
    let file: String
    private(set) var host: Peer
    /// Its data folder.
    let data: String
    private let arguments: [String]

    /// A host on `text`; its data lie beside the site file unless `data` names another folder.
    init(_ text: String, data: String? = nil) async throws {
        folder = try Folder()
        self.data = data ?? folder.path + "/data"
        file = folder.path + "/site.yaml"
        let whole = text + "\nhttp: {listen: [\"127.0.0.1:0\"]}\n"
        try whole.write(toFile: file, atomically: true, encoding: .utf8)
        arguments = ["run", "--site", file, "--data", self.data, "--quiet"]
        host = try Programs.chargehost(arguments)
    }

    /// The folder goes first, and a host in it would write on.
    deinit { host.finish() }

    /// Starts it again on the same folder.
    func start(environment: [String: String] = [:]) throws {
        host = try Programs.chargehost(arguments, environment: environment)
    }

    func kill() async throws { try await host.stop(SIGKILL) }

    /// The port at which a device is shown to masters, or a proxy listens: the log names it.
    func port(_ words: String) async throws -> Int {
        for _ in 0..<6000 {
            for line in host.errorText.components(separatedBy: "\n") where line.contains(words) {
                if let range = line.range(of: #"127\.0\.0\.1:\d+"#, options: .regularExpression),
                    let port = Int(line[range].dropFirst("127.0.0.1:".count))
                {
                    return port
                }
            }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "no line says \(words):\n\(host.errorText)")
    }

    /// The address of its page, without a slash at the end.
    func page() async throws -> String {
        let line = try await host.line { $0.hasPrefix("the page: http://") }
        return String(line.dropFirst("the page: ".count))
    }

    /// Waits for a line of the log.
    func log(_ words: String) async throws {
        for _ in 0..<6000 {
            if host.errorText.contains(words) { return }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "the log never says \(words):\n\(host.errorText)")
    }
}

/// Simulated Power Brains that charge, in a process of their own.
struct SimulatedBoxes {
    let peer: Peer
    private let held: [HeldPort]
    var ports: [Int] { held.map(\.number) }

    init(_ count: Int) async throws {
        try await self.init(profiles: Array(repeating: "cfos.power-brain@charging", count: count))
    }

    /// One for each profile with its fixture.
    init(profiles: [String]) async throws {
        held = try profiles.map { _ in try HeldPort() }
        var arguments = ["simulate", "--json"]
        for (profile, port) in zip(profiles, held) {
            arguments += ["--profile", profile, "--listen", "127.0.0.1:\(port.number)"]
        }
        peer = try Programs.chargehost(arguments)
        try await peer.line(from: profiles.count - 1) { $0.hasPrefix("{") }
    }
}
