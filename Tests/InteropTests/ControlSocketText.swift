import Foundation
import Host

/// What a running host says on its control socket.
struct ControlSocketText {
    let folder: String

    /// The document of the site; empty while the host starts.
    func site() async throws -> String {
        let answer = try? await ControlClient(folder: folder).send(ControlRequest(method: "GET", path: "/api/v1/site"))
        return String(decoding: answer?.body ?? [], as: UTF8.self)
    }
}
