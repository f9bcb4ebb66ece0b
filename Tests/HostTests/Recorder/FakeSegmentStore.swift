import Glibc
import Synchronization

@testable import Host

/// Segments in memory; it fails or hangs when it is told to.
final class FakeSegmentStore: SegmentStore {
    enum Behaviour { case writes, isFull, hangs }

    private struct State {
        var behaviour = Behaviour.writes
        var segments: [Int: [UInt8]] = [:]
        var mostBytes = 0
    }

    private let state = Mutex(State())

    func set(_ behaviour: Behaviour) { state.withLock { $0.behaviour = behaviour } }
    /// The bytes of the segments that are there, in order.
    var segments: [[UInt8]] { state.withLock { state in state.segments.sorted { $0.key < $1.key }.map(\.value) } }
    /// The most bytes that were ever kept at once.
    var mostBytes: Int { state.withLock { $0.mostBytes } }

    func numbers() -> [Int] { state.withLock { $0.segments.keys.sorted() } }

    func create(_ number: Int) throws(SegmentStoreError) -> any SegmentFile {
        try check()
        state.withLock { $0.segments[number] = [] }
        return File(store: self, number: number)
    }

    func remove(_ number: Int) { state.withLock { $0.segments[number] = nil } }

    private func check() throws(SegmentStoreError) {
        while state.withLock({ $0.behaviour == .hangs }) { usleep(500) }
        if state.withLock({ $0.behaviour == .isFull }) {
            throw SegmentStoreError(path: "recording", reason: "No space left on device")
        }
    }

    private struct File: SegmentFile {
        let store: FakeSegmentStore
        let number: Int

        func append(_ bytes: [UInt8]) throws(SegmentStoreError) {
            try store.check()
            store.state.withLock { state in
                state.segments[number]? += bytes
                state.mostBytes = max(state.mostBytes, state.segments.values.reduce(0) { $0 + $1.count })
            }
        }

        func close() {}
    }
}
