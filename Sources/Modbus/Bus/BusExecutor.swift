/// Runs tasks on the thread of their bus, so that neither asking nor answering changes the thread.
///
/// Jobs run between two requests, never during one, and take turns with requests that may go. They must not block: the
/// line would wait for them.
final class BusExecutor: TaskExecutor {
    private let monitor: Monitor<BusState>

    init(monitor: Monitor<BusState>) { self.monitor = monitor }

    /// Hands a job to the bus; after the end of the bus it runs where tasks run that have no preference.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !monitor.change({ $0.add(job) }) { globalConcurrentExecutor.enqueue(ExecutorJob(job)) }
    }

    /// Runs a job on the calling thread, which is the bus's.
    func run(_ job: UnownedJob) { job.runSynchronously(on: asUnownedTaskExecutor()) }
}
