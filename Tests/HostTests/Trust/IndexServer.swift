import Foundation
import Network
import Synchronization

/// A plain web server for the files of a folder, with entity tags.
final class IndexServer: Sendable {
    /// One request: what was asked for, and how it was answered.
    struct Request: Hashable, Sendable {
        var path: String
        var status: Int
    }

    private let loop = NetworkLoop()
    private let listener: NetworkListener
    private let asked: Asked

    /// What came, and whether it is answered.
    private final class Asked: Sendable {
        let requests = Mutex<[Request]>([])
        let isBroken = Mutex(false)
    }

    init(_ root: String) throws {
        let asked = Asked()
        self.asked = asked
        try loop.start()
        listener = try loop.listen(on: .loopback()) { request in
            var response = HTTPResponse.text("nothing here\n", .notFound)
            if asked.isBroken.withLock({ $0 }) {
                response = .text("broken\n", .serviceUnavailable)
            } else if let bytes = FileManager.default.contents(atPath: root + request.path) {
                response = HTTPAsset(bytes: Array(bytes), type: "text/plain").response(to: request)
            }
            let status = response.status.code
            asked.requests.withLock { $0.append(Request(path: request.path, status: status)) }
            return response
        }
    }

    var url: String { "http://\(listener.address)/" }

    /// Everything that was asked for.
    var requests: [Request] { asked.requests.withLock { $0 } }

    /// From now on it answers with 503, or again as before.
    func breakDown(_ isBroken: Bool = true) { asked.isBroken.withLock { $0 = isBroken } }

    func stop() async { await loop.stop() }
}
