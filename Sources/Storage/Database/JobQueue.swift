import Glibc

/// Jobs waiting for one thread, in the order they came.
///
/// `@unchecked Sendable`: `waiting` and `isStopped` are touched only between lock and unlock of `mutex`; the two
/// pointers never change and are freed when nobody holds the queue any more.
final class JobQueue: @unchecked Sendable {
    /// A job with the executor it was given to, which lives until the job has run.
    typealias Entry = (job: UnownedJob, executor: ThreadExecutor)

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [Entry] = []
    private var isStopped = false

    init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        arrived = .allocate(capacity: 1)
        arrived.initialize(to: pthread_cond_t())
        pthread_cond_init(arrived, nil)
    }

    deinit {
        pthread_cond_destroy(arrived)
        arrived.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func append(_ entry: Entry) {
        pthread_mutex_lock(mutex)
        waiting.append(entry)
        pthread_cond_signal(arrived)
        pthread_mutex_unlock(mutex)
    }

    /// Lets the thread end when nothing is waiting any more.
    func stop() {
        pthread_mutex_lock(mutex)
        isStopped = true
        pthread_cond_signal(arrived)
        pthread_mutex_unlock(mutex)
    }

    /// All waiting jobs, at least one; nil when the queue is stopped and empty.
    func takeAll() -> [Entry]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isStopped { return nil }
            pthread_cond_wait(arrived, mutex)
        }
        defer { waiting = [] }
        return waiting
    }
}
