import Foundation
import Synchronization
import Testing

@testable import Host

/// A page that keeps what it is sent.
final class OpenPage: Sendable {
    private let received = Mutex<[[UInt8]]>([])

    /// What the event stream hands messages to.
    var delivery: EventStream.Delivery {
        { [self] message in
            received.withLock { $0.append(message.utf8) }
            return true
        }
    }

    var messages: [[UInt8]] { received.withLock { $0 } }

    /// The message number `index` as JSON, once it has come; fails after a minute.
    func message(_ index: Int) async throws -> [String: Any] {
        for _ in 0..<60_000 {
            let all = messages
            if all.count > index {
                return try #require(JSONSerialization.jsonObject(with: Data(all[index])) as? [String: Any])
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw Missing(index: index)
    }

    struct Missing: Error { let index: Int }
}
