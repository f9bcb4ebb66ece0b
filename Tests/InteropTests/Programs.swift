import Foundation
import Testing

/// Where the programs of these tests are; `scripts/test` says it.
enum Programs {
    /// The program under test.
    static func chargehost(_ arguments: [String], environment: [String: String] = [:]) throws -> Peer {
        try Peer(path("CHARGEHOST_PROGRAM"), arguments, environment: environment)
    }

    /// The program under test in a network namespace.
    static func chargehost(_ arguments: [String], in namespace: Namespace) throws -> Peer {
        try Peer("/usr/sbin/ip", ["netns", "exec", namespace.name, path("CHARGEHOST_PROGRAM")] + arguments)
    }

    /// What a page says to a client in a network namespace.
    static func page(_ url: String, in namespace: Namespace) async throws -> String {
        let script =
            "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=20).read().decode())"
        let peer = try Peer(
            "/usr/sbin/ip",
            ["netns", "exec", namespace.name, path("CHARGEHOST_VENV") + "/bin/python3", "-c", script, url])
        peer.closeInput()
        guard try await peer.end() == 0 else { throw Peer.Failure(description: "\(url): \(peer.errorText)") }
        return peer.lines.joined(separator: "\n")
    }

    /// One of the Python peers beside this file.
    static func python(_ script: String, _ arguments: [String]) throws -> Peer {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Peers")
        return try Peer(
            path("CHARGEHOST_VENV") + "/bin/python3", ["-u", folder.appendingPathComponent(script).path] + arguments)
    }

    /// Runs the program to its end.
    static func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        let peer = try chargehost(arguments)
        peer.closeInput()
        let status = try await peer.end()
        return (status, peer.lines.joined(separator: "\n"), peer.errorText)
    }

    /// A program of the tests that is built with them: beside the program under test, or the tests' own.
    static func beside(_ name: String) throws -> String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let candidates = [
            URL(fileURLWithPath: CommandLine.arguments[0]), own, Bundle.main.bundleURL.appendingPathComponent("x"),
            URL(fileURLWithPath: try path("CHARGEHOST_PROGRAM")),
        ]
        return try #require(
            candidates.map { $0.deletingLastPathComponent().appendingPathComponent(name).path }
                .first { FileManager.default.isExecutableFile(atPath: $0) }, "\(name) was not built")
    }

    private static func path(_ variable: String) throws -> String {
        try #require(
            ProcessInfo.processInfo.environment[variable], "run the tests with scripts/test, which sets \(variable)")
    }
}
