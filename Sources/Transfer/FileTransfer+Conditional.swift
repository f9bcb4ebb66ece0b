import Foundation
import Glibc
import Synchronization

extension FileTransfer {
    /// Fetches a file to `path`, unless it is the one of the ETag `tag` (RFC 9110, 13.1.2). What was at `path` is replaced
    /// once all of the new one is there.
    ///
    /// For small files: one that breaks off is begun anew. Throws ``TransferError`` after the last try.
    public func fetch(
        _ location: TransferLocation, to path: String, unless tag: String?
    ) async throws(TransferError) -> FetchedFile {
        let part = path + ".part"
        let outcome = Mutex(FetchedFile.unchanged)
        try await attempts { _, isCancelled throws(TransferError) in
            let fetched = try once(location, part, tag, isCancelled)
            outcome.withLock { $0 = fetched }
        }
        let fetched = outcome.withLock { $0 }
        guard fetched != .unchanged else {
            unlink(part)
            return fetched
        }
        guard rename(part, path) == 0 else { throw .file(path, String(cString: strerror(errno))) }
        return fetched
    }

    private func once(
        _ location: TransferLocation, _ part: String, _ tag: String?, _ isCancelled: @escaping () -> Bool
    ) throws(TransferError) -> FetchedFile {
        unlink(part)
        let file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .file(part, String(cString: strerror(errno))) }
        defer { close(file) }
        let work = CurlExchange.Work(
            file: file, isUpload: false, limit: rules.sizeLimit, count: 0, isCancelled: isCancelled
        ) { _, _ in }
        try CurlExchange(location, rules).run(work, unless: tag)
        if tag != nil, work.status == 304 { return .unchanged }
        guard fsync(file) == 0 else { throw .file(part, String(cString: strerror(errno))) }
        return .fetched(tag: work.tag)
    }
}
