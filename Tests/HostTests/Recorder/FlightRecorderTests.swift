import Foundation
import LoadManagement
import Recording
import Testing

@testable import Host

struct FlightRecorderTests {
    private func recorder(
        _ store: FakeSegmentStore, _ limits: RecordingLimits = RecordingLimits()
    ) async throws -> FlightRecorder {
        try await FlightRecorder(store, limits: limits, wall: { 1_795_000_000 })
    }

    /// Waits until it holds; fails after a minute.
    private func wait(_ condition: () -> Bool) async throws {
        for _ in 0..<60_000 {
            if condition() { return }
            try await Task.sleep(for: .milliseconds(1))
        }
        Issue.record("it did not happen within a minute")
    }

    private func ticks(in store: FakeSegmentStore) -> Int { (try? replayed(store.segments).report.ticks) ?? 0 }

    @Test func segmentsHaveTheirSizeAndNumber() async throws {
        let store = FakeSegmentStore()
        let recorder = try await recorder(store, RecordingLimits(segments: 3, bytes: 16_384))
        var ticks = try RecordedTicks(boxes: 9)
        for count in 1...2400 {
            recorder.record(ticks.next())
            if count.isMultiple(of: 60) { try await wait { recorder.waiting == 0 } }
        }
        await recorder.close()
        #expect(store.numbers().count == 3)
        #expect(store.numbers().last ?? 0 > 5)
        #expect(store.segments.allSatisfy { $0.count <= 16_384 })
        #expect(store.mostBytes <= 3 * 16_384)
        let (report, causes) = try replayed(store.segments)
        #expect(causes == [.full, .full, .full])
        #expect(report.isEqual)
        #expect(report.ticks > 500)
        #expect(recorder.problem == nil)
    }

    @Test func aHangingDiskDelaysNoTickAndLeavesAGapThatIsTold() async throws {
        let store = FakeSegmentStore()
        let recorder = try await recorder(store)
        var ticks = try RecordedTicks(boxes: 2)
        for _ in 0..<10 { recorder.record(ticks.next()) }
        try await wait { ticks.count == self.ticks(in: store) }
        store.set(.hangs)
        let begin = ContinuousClock.now
        for _ in 0..<500 { recorder.record(ticks.next()) }
        #expect(ContinuousClock.now - begin < .seconds(10), "500 ticks beside a disk that never answers")
        store.set(.writes)
        try await wait { recorder.waiting == 0 }
        for _ in 0..<20 { recorder.record(ticks.next()) }
        await recorder.close()
        let (report, causes) = try replayed(store.segments)
        // A recorder that wakes up late takes one more tick out of a queue that was full before.
        let gaps = causes.dropFirst().map { cause in if case .gap(let missing) = cause { missing } else { 0 } }
        #expect((1...2).contains(gaps.count))
        #expect(!gaps.contains(0))
        let missing = gaps.reduce(0, +)
        #expect((500 - FlightRecorder.queueLength - 1...500 - FlightRecorder.queueLength).contains(missing))
        #expect(report.ticks + missing == ticks.count)
        #expect(report.isEqual)
    }

    @Test func aFullDiskIsAnAlarmUntilThereIsRoom() async throws {
        let store = FakeSegmentStore()
        let recorder = try await recorder(store)
        var ticks = try RecordedTicks(boxes: 2)
        for _ in 0..<5 { recorder.record(ticks.next()) }
        try await wait { recorder.waiting == 0 }
        store.set(.isFull)
        for _ in 0..<5 { recorder.record(ticks.next()) }
        try await wait { recorder.problem != nil }
        #expect(recorder.problem?.contains("No space left on device") ?? false)
        store.set(.writes)
        for _ in 0..<30 { recorder.record(ticks.next()) }
        try await wait { recorder.problem == nil }
        await recorder.close()
        let (report, causes) = try replayed(store.segments)
        // The first of the five fails, and for ten seconds nothing is tried.
        #expect(causes == [.started, .gap(missing: 10)])
        #expect(report.ticks == 30)
        #expect(report.isEqual)
    }

    @Test func aNewRecorderGoesOnBehindTheOldSegments() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("r-" + UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        for _ in 0..<3 {
            let recorder = try await FlightRecorder(path)
            var ticks = try RecordedTicks(boxes: 2)
            for _ in 0..<20 { recorder.record(ticks.next()) }
            await recorder.close()
        }
        let folder = RecordingFolder.find(path)
        #expect(folder.numbers() == [1, 2, 3])
        let segments = folder.files().compactMap { FileManager.default.contents(atPath: $0).map([UInt8].init) }
        let (report, causes) = try replayed(segments)
        #expect(causes == [.started, .started, .started])
        #expect(report.ticks == 60)
        #expect(report.isEqual)
    }

    @Test func aFileThatIsFullSaysSo() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        let file = RecordingFile(path: "/dev/full", descriptor: descriptor)
        #expect(throws: SegmentStoreError(path: "/dev/full", reason: "No space left on device")) {
            try file.append([1, 2, 3])
        }
    }

    @Test func aFolderThatCannotBeMadeIsAnAlarm() async throws {
        let recorder = try await FlightRecorder("/proc/recordings")
        var ticks = try RecordedTicks(boxes: 1)
        recorder.record(ticks.next())
        try await wait { recorder.problem != nil }
        #expect(recorder.problem?.contains("/proc/recordings") ?? false)
        await recorder.close()
    }
}
