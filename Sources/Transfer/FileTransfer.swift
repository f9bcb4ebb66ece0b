import Foundation
import Glibc
import Synchronization

/// Fetches and puts files, on a thread of its own each; cancelling the task calls the transfer off.
public struct FileTransfer: Sendable {
    /// How long and how large, and how often it is tried.
    public var rules: TransferRules

    /// Transfers by `rules`.
    public init(_ rules: TransferRules = TransferRules()) { self.rules = rules }

    /// Whether libcurl on this machine can do a scheme.
    public static func supports(_ scheme: TransferLocation.Scheme) -> Bool { CurlExchange.supports(scheme) }

    /// Fetches a file to `path`, which is replaced once all of it is there. What came before an interruption is kept as
    /// `path.part` and gone on with, where the server can and the file is the same.
    ///
    /// Throws ``TransferError`` after the last try.
    public func fetch(
        _ location: TransferLocation, to path: String,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws(TransferError) {
        let part = path + ".part"
        let validator = Mutex<String?>(nil)
        unlink(part)
        try await attempts { attempt, isCancelled throws(TransferError) in
            let known = validator.withLock { $0 }
            let resumes = location.scheme.resumesBySize || known != nil
            let tag = try receive(
                location, part, validator: known, resumes: resumes, isCancelled: isCancelled
            ) { bytes, total in progress(TransferProgress(attempt: attempt, bytes: bytes, total: total)) }
            validator.withLock { $0 = tag.next }
            if let error = tag.error { throw error }
        }
        guard rename(part, path) == 0 else { throw .file(path, String(cString: strerror(errno))) }
    }

    /// Puts the file at `path` to a location. Throws ``TransferError`` after the last try.
    public func put(
        _ path: String, to location: TransferLocation,
        progress: @escaping @Sendable (TransferProgress) -> Void = { _ in }
    ) async throws(TransferError) {
        try await attempts { attempt, isCancelled throws(TransferError) in
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw .file(path, String(cString: strerror(errno))) }
            defer { close(file) }
            var state = stat()
            guard fstat(file, &state) == 0 else { throw .file(path, String(cString: strerror(errno))) }
            let work = CurlExchange.Work(
                file: file, isUpload: true, limit: .max, count: 0, isCancelled: isCancelled
            ) { bytes, total in progress(TransferProgress(attempt: attempt, bytes: bytes, total: total)) }
            try CurlExchange(location, rules).run(work, size: Int(state.st_size))
        }
    }

    /// What came of one try: the ETag for the next one, and the error.
    private struct Received {
        var next: String?
        var error: TransferError?
    }

    private func receive(
        _ location: TransferLocation, _ part: String, validator: String?, resumes: Bool,
        isCancelled: @escaping () -> Bool, progress: @escaping (Int, Int?) -> Void
    ) throws(TransferError) -> Received {
        let file = open(part, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .file(part, String(cString: strerror(errno))) }
        defer { close(file) }
        if !resumes { ftruncate(file, 0) }
        let offset = Int(lseek(file, 0, SEEK_END))
        let work = CurlExchange.Work(
            file: file, isUpload: false, limit: rules.sizeLimit, count: offset, isCancelled: isCancelled,
            progress: progress)
        do throws(TransferError) {
            try CurlExchange(location, rules).run(
                work, offset: offset, validator: offset > 0 ? validator : nil)
            guard fsync(file) == 0 else { throw .file(part, String(cString: strerror(errno))) }
            return Received()
        } catch {
            // A server that cannot go on, or has another file now, is asked for all of it.
            if offset > 0, work.count == offset {
                ftruncate(file, 0)
                return Received(next: nil, error: error)
            }
            return Received(next: work.validator, error: error)
        }
    }

    /// Tries until it goes well, the error does not pass, or all tries are used up.
    func attempts(
        _ body: @escaping @Sendable (Int, @escaping @Sendable () -> Bool) throws(TransferError) -> Void
    ) async throws(TransferError) {
        var attempt = 1
        while true {
            do throws(TransferError) {
                let attempt = attempt
                return try await onThread { isCancelled throws(TransferError) in try body(attempt, isCancelled) }
            } catch {
                guard error.isPassing, attempt <= rules.retries else { throw error }
                attempt += 1
                do { try await Task.sleep(for: rules.interval) } catch { throw .cancelled }
            }
        }
    }

    /// A transfer waits for its peer, so it has a thread of its own.
    private func onThread(
        _ body: @escaping @Sendable (@escaping @Sendable () -> Bool) throws(TransferError) -> Void
    ) async throws(TransferError) {
        let flag = CancelFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiting: CheckedContinuation<Result<Void, TransferError>, Never>) in
                let thread = Thread {
                    waiting.resume(
                        returning: Result { () throws(TransferError) in
                            if flag.isSet { throw .cancelled }
                            try body { flag.isSet }
                        })
                }
                thread.name = "transfer"
                thread.start()
            }
        } onCancel: {
            flag.set()
        }
        try result.get()
    }
}

/// Says from one thread to another that a transfer is called off.
private final class CancelFlag: Sendable {
    private let flag = Atomic(false)
    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
