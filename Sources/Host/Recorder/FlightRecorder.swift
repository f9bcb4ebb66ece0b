import LoadManagement
import Recording
import Storage
import Synchronization

/// Writes every tick of a control loop into segments of bounded size and number, on a thread of its own.
///
/// A slow or full disk delays no tick: what does not fit into the queue is dropped, and the recording goes on with a new
/// segment that says how many ticks are missing.
public actor FlightRecorder: TickRecorder {
    private struct Entry: Sendable {
        var tick: RecordedTick
        /// How many ticks were dropped before it.
        var missing: Int
    }

    private struct Intake {
        var missing = 0
        var waiting = 0
        var problem: String?
    }

    /// So many ticks wait at most.
    static let queueLength = 64
    /// So long nothing is tried after a failure.
    private static let pause: Span = 10_000_000_000
    /// So long the end waits for the last ticks.
    private static let patience = Duration.seconds(2)

    private let executor: ThreadExecutor
    private let store: any SegmentStore
    private let limits: RecordingLimits
    private let program: String
    private let wall: @Sendable () -> Double
    private let entries: AsyncStream<Entry>.Continuation
    private let intake = Mutex(Intake())
    private var open: OpenSegment?
    private var last: Int
    private var missing = 0
    private var hasStarted = false
    private var retryAt: Moment?
    private var work: Task<Void, Never>?

    /// The thread of its own.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A recorder into the folder at `path`; it begins a new segment behind those that are there.
    ///
    /// Throws `StorageError.noThread` when the machine gives no thread.
    public init(_ path: String, limits: RecordingLimits = RecordingLimits()) async throws(StorageError) {
        try await self.init(RecordingFolder(path), limits: limits, wall: { WallClock.seconds })
    }

    init(
        _ store: any SegmentStore, limits: RecordingLimits, wall: @escaping @Sendable () -> Double
    ) async throws(StorageError) {
        executor = try ThreadExecutor(name: "recorder")
        self.store = store
        self.limits = limits
        self.wall = wall
        program = HostVersion.chargehost
        last = 0
        let (stream, continuation) = AsyncStream.makeStream(
            of: Entry.self, bufferingPolicy: .bufferingOldest(Self.queueLength))
        entries = continuation
        work = Task { await self.run(stream) }
    }

    /// What keeps it from recording, in words; nil if nothing does.
    public nonisolated var problem: String? { intake.withLock { $0.problem } }

    /// How many ticks are not written yet.
    nonisolated var waiting: Int { intake.withLock { $0.waiting } }

    /// Takes a tick; it waits for nothing, and drops the tick if the queue is full.
    public nonisolated func record(_ tick: RecordedTick) {
        intake.withLock { intake in
            if case .enqueued = entries.yield(Entry(tick: tick, missing: intake.missing)) {
                intake.missing = 0
                intake.waiting += 1
            } else {
                intake.missing += 1
            }
        }
    }

    /// Writes what waits, for two seconds at most, and ends.
    public nonisolated func close() async {
        entries.finish()
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let waiting = Task {
            await self.ended()
            end.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: Self.patience)
            end.finish()
        }
        for await _ in ended {}
        waiting.cancel()
        patience.cancel()
    }

    private func ended() async { await work?.value }

    private func run(_ stream: AsyncStream<Entry>) async {
        for await entry in stream {
            take(entry)
            intake.withLock { $0.waiting -= 1 }
        }
        open?.file.close()
        open = nil
    }

    private func take(_ entry: Entry) {
        if entry.missing > 0 {
            missing += entry.missing
            end()
        }
        // Another control loop goes on from what was stored, not from the memory of the one before.
        if entry.tick.tick.changes.restarted != nil {
            end()
            hasStarted = false
        }
        if let retryAt, entry.tick.tick.now < retryAt {
            missing += 1
            return
        }
        do {
            try write(entry.tick)
            retryAt = nil
            intake.withLock { $0.problem = nil }
        } catch {
            end()
            missing += 1
            retryAt = entry.tick.tick.now + Self.pause
            intake.withLock {
                $0.problem = "the flight recorder misses ticks: \(error); charging goes on, but make room on the disk"
            }
        }
    }

    private func write(_ tick: RecordedTick) throws {
        if let segment = open {
            let bytes = try segment.writer.append(tick)
            if segment.length + bytes.count <= limits.bytes {
                try segment.file.append(bytes)
                open?.length += bytes.count
                return
            }
            end()
        }
        try begin(tick)
    }

    private func begin(_ tick: RecordedTick) throws {
        let cause: SegmentHeader.Cause = missing > 0 ? .gap(missing: missing) : hasStarted ? .full : .started
        last = max(last, store.numbers().last ?? 0)
        let writer = try SegmentWriter(
            SegmentHeader(
                program: program, number: last + 1, wallClock: Int64(wall()), clock: tick.tick.now, cause: cause),
            memory: tick.before)
        let bytes = try writer.start + writer.append(tick)
        for old in store.numbers().dropLast(limits.segments - 1) { try store.remove(old) }
        let file = try store.create(last + 1)
        last += 1
        do { try file.append(bytes) } catch {
            file.close()
            try? store.remove(last)
            throw error
        }
        open = OpenSegment(writer: writer, file: file, length: bytes.count)
        hasStarted = true
        missing = 0
    }

    private func end() {
        open?.file.close()
        open = nil
    }
}

/// The segment that is being written.
struct OpenSegment {
    let writer: SegmentWriter
    let file: any SegmentFile
    var length: Int
}
