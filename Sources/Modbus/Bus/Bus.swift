import DriverAPI
import ReadPlanning
import Synchronization

/// One exclusive channel, a serial line or a TCP endpoint, with its queue and its own thread.
///
/// Requests go out by urgency, then by deadline, then in the order they came; one whose unit still needs a pause lets
/// others go first. A batch lets more urgent requests of others in between. The connection is made with the first
/// request and again when it broke: reads are repeated once, a write only while no byte of it has left. After a failed
/// attempt there is a pause of 0.1 s doubling up to 30 s (2 s on a serial line), in which requests fail at once; a set-point tries every
/// second.
///
/// It is no actor: what an actor was handed cannot be overtaken nor taken back, and waiting for a pause would hold it.
public final class Bus: RegisterLink {
    /// What it is connected to.
    public let endpoint: Endpoint
    /// Runs tasks on the bus's own thread, between two requests: two changes of thread less for each read. What runs
    /// there must not block.
    public let executor: (any TaskExecutor)?
    private let monitor: Monitor<BusState>
    private let lastID = Atomic<UInt64>(0)

    /// Makes a bus; nothing is opened before the first request. RTU lines take a low descriptor from `reserve` at once.
    ///
    /// A line that names an adapter is looked for in `adapters` whenever it is opened.
    public init(_ endpoint: Endpoint, reserve: DescriptorReserve = .shared, adapters: SerialAdapters = .machine) {
        self.endpoint = endpoint
        let monitor = Monitor(BusState(silence: endpoint.timing.silence))
        self.monitor = monitor
        let executor = BusExecutor(monitor: monitor)
        self.executor = executor
        let failed = DetachedThread.start(named: "bus \(endpoint)", stack: BusLoop.stack) {
            BusLoop(endpoint, monitor: monitor, executor: executor, reserve: reserve, adapters: adapters).run()
        }
        if failed != nil { _ = monitor.change { $0.close() } }
    }

    deinit { close() }

    /// Ends it: what waits ends with `closed`, a request on the line by its answer or its timeout.
    public func close() {
        for entry in monitor.change({ $0.close() }) { entry.deliver(entry.results) }
    }

    /// Puts work into the queue and waits for its results, one for each request.
    func submit(_ work: BusEntry.Work, _ options: RequestOptions) async -> BusEntry.Results {
        let id = lastID.wrappingAdd(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let due = options.deadline ?? SystemClock().now
                let entry = BusEntry(id: id, work: work, options: options, due: due) {
                    continuation.resume(returning: $0)
                }
                if var refused = monitor.change({ $0.add(entry) }) {
                    refused.fail(.closed)
                    refused.deliver(refused.results)
                } else if Task.isCancelled {
                    cancel(id)
                }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func cancel(_ id: UInt64) {
        if let entry = monitor.change({ $0.cancel(id) }) { entry.deliver(entry.results) }
    }

    /// How many connections were made so far.
    public var connectionEpoch: Int { monitor.withLock { $0.connects } }

    /// When the last frame to `unit` left.
    public func lastFrame(to unit: UInt8) -> MonotonicTime? { monitor.withLock { $0.records[unit]?.lastFrame } }

    /// What it did so far.
    public var statistics: BusStatistics {
        monitor.withLock { state in
            BusStatistics(
                units: state.records.mapValues(\.snapshot), connects: state.connects, busy: state.busy,
                load: state.load.load(at: SystemClock().now), trouble: state.trouble)
        }
    }
}
