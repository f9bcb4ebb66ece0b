import Glibc

/// Runs an actor's jobs on a thread of its own, so that waiting for a disk never holds a thread of the shared pool.
///
/// The thread ends by itself when the executor is gone and its last job has run.
public final class ThreadExecutor: SerialExecutor {
    private let queue = JobQueue()

    /// Starts the thread. `name` is cut to 15 bytes, which is what Linux shows.
    ///
    /// Throws `StorageError.noThread` when the machine gives none.
    public init(name: String) throws(StorageError) {
        let start = Unmanaged.passRetained(Start(queue: queue, name: name))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let failure = pthread_create(&thread, &attributes, runThread, start.toOpaque())
        guard failure == 0 else {
            start.release()
            throw .noThread(String(cString: strerror(failure)))
        }
    }

    deinit { queue.stop() }

    /// Puts a job at the end of the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        queue.append((UnownedJob(job), self))
    }

    fileprivate final class Start {
        let queue: JobQueue
        let name: String

        init(queue: JobQueue, name: String) {
            self.queue = queue
            self.name = name
        }
    }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<ThreadExecutor.Start>.fromOpaque(argument).takeRetainedValue()
    nameThread(start.name)
    while let entries = start.queue.takeAll() {
        for entry in entries {
            entry.job.runSynchronously(on: entry.executor.asUnownedSerialExecutor())
        }
    }
    return nil
}

/// Names the calling thread for `top -H`; `pthread_setname_np` is not imported by Glibc's module map (proc(5)).
private func nameThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    let bytes = Array(name.utf8.prefix(15))
    write(file, bytes, bytes.count)
    close(file)
}
