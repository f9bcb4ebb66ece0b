import Foundation
import Host

extension SiteStatus {
    /// The first status of the host on the data folder `data` for which `condition` holds; throws after two minutes, or
    /// when the host ends first.
    static func wait(_ data: String, of host: Peer?, where condition: (SiteStatus) -> Bool) async throws -> SiteStatus {
        let client = ControlClient(folder: data)
        var last = "none"
        for _ in 0..<1200 {
            let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site"))
            if let answer, answer.status == 200 {
                last = String(decoding: answer.body, as: UTF8.self)
                let status = try JSONDecoder().decode(SiteStatus.self, from: Data(answer.body))
                if condition(status) { return status }
            }
            if host?.process.isRunning != true { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "the status never came; last: \(last)\n\(host?.errorText ?? "")")
    }
}
