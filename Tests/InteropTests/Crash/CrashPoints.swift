import Foundation

/// Where a host is killed from within: just before or just after the n-th call of a kind, by a library that is preloaded
/// into it (`Peers/crash_point.c`). The host itself knows nothing of it.
///
/// Each place goes through its calls, a few further with every host that died at it; when a host lives without reaching the
/// call, the place begins anew near the first.
struct CrashPoints {
    /// A kind of call and its side.
    struct Place: Hashable, CustomStringConvertible {
        let description: String
    }

    static let places = [
        "write:before", "write:after", "commit:before", "commit:after", "send:before", "send:after", "receive:after",
    ].map(Place.init(description:))

    private let library: String
    private let ports: [Int]
    private var next: [Place: Int] = [:]
    /// How many hosts have died at each place.
    private(set) var deaths: [Place: Int] = [:]
    /// The latest call at which one has died.
    private(set) var latest: [Place: Int] = [:]

    /// Builds the library in a folder. The ports are those of the connections that count.
    init(in folder: Folder, ports: [Int]) async throws {
        library = folder.path + "/crash_point.so"
        self.ports = ports
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Peers/crash_point.c").path
        let compiler = try Peer(
            "/usr/bin/env", ["clang", "-Wall", "-Werror", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        compiler.closeInput()
        guard try await compiler.end() == 0 else { throw Peer.Failure(description: compiler.errorText) }
    }

    /// What a host is started with so that it dies there.
    func environment(_ place: Place) -> [String: String] {
        [
            "LD_PRELOAD": library, "CHARGEHOST_CRASH_POINT": "\(place):\(next[place] ?? 1)",
            "CHARGEHOST_CRASH_PORTS": ports.map(String.init).joined(separator: ","),
        ]
    }

    /// A host that was to die there did, or did not.
    mutating func note(_ place: Place, hasDied: Bool, step: Int) {
        let call = next[place] ?? 1
        next[place] = hasDied ? call + step : step
        guard hasDied else { return }
        deaths[place, default: 0] += 1
        latest[place] = max(latest[place] ?? 0, call)
    }
}
