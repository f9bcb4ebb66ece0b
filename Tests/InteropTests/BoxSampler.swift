import Foundation
import Synchronization
import Testing

/// Looks at what simulated boxes offer to their cars, all the time, past every host: the truth about the fuse.
final class BoxSampler: Sendable {
    private let peaks = Mutex<(now: [Int], highest: Int)>(([], 0))
    private let task: Task<Void, any Error>

    /// Watches the boxes behind `ports`; 8095 is the current they offer, in 0.1 A.
    init(_ ports: [Int]) throws {
        let masters = try ports.map { try ModbusMaster.tcp($0) }
        peaks.withLock { $0.now = [Int](repeating: 0, count: ports.count) }
        let (stream, samples) = AsyncStream.makeStream(of: [Int].self)
        task = Task {
            while !Task.isCancelled {
                var offered: [Int] = []
                for master in masters { offered.append(try await master.read(8095).words?.first ?? 0) }
                samples.yield(offered)
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        Task { [weak self] in
            for await offered in stream {
                self?.peaks.withLock { peaks in
                    peaks.now = offered
                    peaks.highest = max(peaks.highest, offered.reduce(0, +))
                }
            }
        }
    }

    deinit { task.cancel() }

    /// What each box offers, in 0.1 A.
    var now: [Int] { peaks.withLock { $0.now } }

    /// The most that all boxes offered together since the last call, in 0.1 A.
    func takeHighest() -> Int {
        peaks.withLock { peaks in
            defer { peaks.highest = peaks.now.reduce(0, +) }
            return peaks.highest
        }
    }

    /// Waits for what the boxes offer; fails after two minutes.
    func wait(_ words: String, until condition: ([Int]) -> Bool) async throws {
        for _ in 0..<2400 {
            if condition(now) { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Peer.Failure(description: "\(words): it never happened; the boxes offer \(now)")
    }
}
