import Foundation

/// A network of its own for processes, as a second machine has it (ip-netns(8)); needs root.
final class Namespace: Sendable {
    let name: String

    init(_ purpose: String) async throws {
        name = "ch-\(purpose)-\(UUID().uuidString.prefix(6))"
        try await Namespace.ip(["netns", "add", name])
        try await ip(["link", "set", "lo", "up"])
    }

    deinit {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/ip")
        process.arguments = ["netns", "delete", name]
        try? process.run()
        process.waitUntilExit()
    }

    /// Whether this user may make some.
    static func arePermitted() async -> Bool {
        guard let probe = try? await Namespace("probe") else { return false }
        return probe.name.hasPrefix("ch-")
    }

    /// A cable between two.
    static func connect(_ one: Namespace, _ other: Namespace, as interface: String) async throws {
        try await ip([
            "link", "add", interface, "netns", one.name, "type", "veth", "peer", "name", interface, "netns", other.name,
        ])
    }

    /// Runs `ip` in this one.
    @discardableResult
    func ip(_ arguments: [String]) async throws -> String { try await Namespace.ip(["-n", name] + arguments) }

    @discardableResult
    private static func ip(_ arguments: [String]) async throws -> String {
        let peer = try Peer("/usr/sbin/ip", arguments)
        peer.closeInput()
        guard try await peer.end() == 0 else {
            throw Peer.Failure(description: "ip \(arguments.joined(separator: " ")): \(peer.errorText)")
        }
        return peer.lines.joined(separator: "\n")
    }
}
