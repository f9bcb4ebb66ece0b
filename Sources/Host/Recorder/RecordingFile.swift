import Glibc
import Synchronization

/// A file of a recording. What was written stays when the process ends; it is not forced onto the disk.
final class RecordingFile: SegmentFile {
    private let path: String
    private let descriptor: Int32
    private let length = Mutex(0)

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }

    /// Where only a part fits, that part is taken away again.
    func append(_ bytes: [UInt8]) throws(SegmentStoreError) {
        let begin = length.withLock { $0 }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, begin + done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = String(cString: strerror(count < 0 ? errno : ENOSPC))
                ftruncate(descriptor, begin)
                throw SegmentStoreError(path: path, reason: reason)
            }
            done += count
        }
        length.withLock { $0 = begin + bytes.count }
    }

    /// The descriptor goes with the object, so that a write that hangs keeps it.
    func close() {}
}
