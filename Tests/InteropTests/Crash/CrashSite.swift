import Foundation
import Testing

/// A site around which everything goes wrong: two boxes with cars that come and go, OCPP slaves with three connectors, a
/// backend, and a host between them.
final class CrashSite {
    let folder: Folder
    let site: RunningSite
    /// The boxes, the cars and the slaves.
    let world: Peer
    /// Where slaves connect.
    let slavePort: Int
    /// Where the backend is.
    let backendPort: Int
    /// nil while it was killed.
    private(set) var backend: CentralSystem?

    var ledger: String { folder.path + "/ledger.jsonl" }
    var stored: String { folder.path + "/backend.jsonl" }

    /// A site whose data lie in a folder of its own unless `data` names one.
    init(seed: UInt64, data: String? = nil) async throws {
        let folder = try Folder()
        self.folder = folder
        slavePort = try FreePort.below(32_768)
        let backend = try await CentralSystem(Self.options(folder))
        self.backend = backend
        backendPort = backend.port
        world = try Programs.python("crash_site.py", ["\(seed)", "\(slavePort)", folder.path + "/ledger.jsonl"])
        try await world.line { $0 == "ready" }
        let ports = world.lines.compactMap { $0.hasPrefix("port ") ? Int($0.dropFirst(5)) : nil }
        site = try await RunningSite(
            """
            schema: site/1
            name: Crash
            supply: {limit: 63 A}
            devices:
              - {id: left, own: true, profile: cfos.power-brain, address: "127.0.0.1:\(ports[0])"}
              - {id: right, profile: cfos.power-brain, address: "127.0.0.1:\(ports[1])"}
              - {id: yard, address: "ocpp://BOX7/1", options: {rated_current: 16 A}, connector: 3}
              - {id: gate, address: "ocpp://BOX7/2", options: {rated_current: 16 A}, connector: 4}
              - {id: hall, address: "ocpp://HALL%23005", options: {rated_current: 16 A}}
            ocpp:
              backend: {url: "ws://127.0.0.1:\(backend.port)/ocpp", id: NORD-1, security_profile: 0}
              slaves: {json: "127.0.0.1:\(slavePort)", security_profile: 0}
            """, data: data)
    }

    private static func options(_ folder: Folder) -> [String] {
        ["--quiet", "--store", folder.path + "/backend.jsonl"]
    }

    func killBackend() async throws {
        try await backend?.kill()
        backend = nil
    }

    func startBackend() async throws {
        guard backend == nil else { return }
        backend = try await CentralSystem(port: backendPort, Self.options(folder))
    }

    /// Sets keys of the station; it may still be booting.
    func set(_ keys: [(String, String)]) async throws {
        let backend = try #require(backend)
        for (key, value) in keys {
            try await eventually("\(key) could not be set") {
                let answer = try? await backend.call(
                    "ChangeConfiguration", "{\"key\": \"\(key)\", \"value\": \"\(value)\"}")
                return answer?["status"] as? String == "Accepted"
            }
        }
    }

    /// Every car leaves, every slave ends its transactions, and the ledger is written.
    func finish() async throws {
        world.send("finish")
        try await world.line { $0 == "finished" }
    }

    func end() async throws {
        if site.host.process.isRunning { try await site.host.stop() }
        try await world.stop(SIGKILL)
        try await backend?.kill()
    }

    /// Waits until a condition holds; throws after two minutes.
    func eventually(_ otherwise: String, _ condition: () async throws -> Bool) async throws {
        for _ in 0..<1200 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "\(otherwise); the host: \(site.host.errorText.suffix(4000))")
    }
}

/// A port that is free now and that no connection is given by the kernel meanwhile, since it is not one of its own.
enum FreePort {
    static func below(_ top: Int) throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: 20_000..<top)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isFree = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
            }
            if isFree { return port }
        }
        throw Peer.Failure(description: "no port is free")
    }
}
