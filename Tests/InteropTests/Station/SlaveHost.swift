import Foundation
import Storage
import Testing

/// A chargehost in the role of a slave with one box, in a process of its own.
struct SlaveHost {
    let site: RunningSite

    /// `url` is that of its master, with the framing in its scheme.
    init(_ url: String, id: String, box port: Int, more: String = "security_profile: 0") async throws {
        site = try await RunningSite(
            """
            schema: site/1
            name: Below
            role: slave
            supply: {limit: 32 A}
            devices: [{id: own, own: true, profile: cfos.power-brain, address: "127.0.0.1:\(port)"}]
            ocpp: {backend: {url: "\(url)", id: "\(id)", \(more)}}
            """)
    }

    /// The stored value of a configuration key; nil where it has its default.
    func key(_ name: String) async throws -> String? {
        let storage = try await SiteStorage(path: site.folder.path + "/data/chargehost.sqlite")
        let values = try await storage.configuration()
        await storage.close()
        return values.first { $0.key == name }?.value
    }
}
