import CModbus
import DriverAPI
import Glibc

/// A value under a mutex, which one thread waits for.
///
/// It waits on a semaphore: after a wait on a condition every unlocking of its mutex goes to the kernel, which costs a
/// line as much as sending a request (measured).
///
/// Unchecked, because the compiler cannot see a POSIX mutex: `value` and `isWaiting` are touched only between `lock` and
/// `unlock`, and both pointers are set once and live as long as the object.
final class Monitor<Value: Sendable>: @unchecked Sendable {
    /// What a look at the value leads to.
    enum Step<Result> {
        case done(Result)
        /// Nothing yet: look again when the value was changed, or at the moment given.
        case wait(until: MonotonicTime?)
    }

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<sem_t>
    private var value: Value
    /// Whether the thread waits, or is about to, and nobody has told it of a change yet.
    private var isWaiting = false

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        sem_init(changed, 0, 0)
    }

    deinit {
        sem_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Reads or changes the value without waking anybody.
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }

    /// Changes the value and lets the waiting thread look again.
    func change<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        let result = body(&value)
        let waits = isWaiting
        isWaiting = false
        pthread_mutex_unlock(mutex)
        // After unlocking, so that the woken thread does not at once wait for the mutex.
        if waits { sem_post(changed) }
        return result
    }

    /// Looks until `look` is done; only one thread may.
    func wait<Result>(_ look: (inout Value) -> Step<Result>) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            switch look(&value) {
            case .done(let result): return result
            case .wait(let deadline):
                isWaiting = true
                pthread_mutex_unlock(mutex)
                sleep(until: deadline)
                pthread_mutex_lock(mutex)
                // Who changed something at the very moment may still post: then the next wait ends at once, and looks.
                isWaiting = false
            }
        }
    }

    private func sleep(until deadline: MonotonicTime?) {
        guard let deadline else {
            sem_wait(changed)
            return
        }
        var time = timespec(
            tv_sec: Int(deadline.nanoseconds / 1_000_000_000), tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
        sem_clockwait(changed, CLOCK_MONOTONIC, &time)
    }
}
