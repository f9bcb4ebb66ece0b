import Foundation
import Glibc

/// Replaces a site file in one step: after a loss of power it is the old one or the new one.
enum SiteFileReplacement {
    /// Writes `text` in place of `expected`, with the rights that the file has. Throws ``RoleError`` where somebody else
    /// changed the file meanwhile.
    static func write(_ text: String, to file: String, expecting expected: String) throws(RoleError) {
        // A link stays a link: what it leads to is replaced.
        let path = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
        guard let present = FileManager.default.contents(atPath: path), Array(present) == Array(expected.utf8) else {
            throw .file(file, "it was changed meanwhile; nothing was written, try again")
        }
        var state = stat()
        guard stat(path, &state) == 0 else { throw .file(file, String(cString: strerror(errno))) }
        let partial = path + ".new"
        unlink(partial)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(partial, String(cString: strerror(errno))) }
        let isWritten = put(Array(text.utf8), descriptor)
        fchmod(descriptor, state.st_mode & 0o7777)
        // Only root can give files away, and then must: the service reads it with its own rights.
        let hasOwner = fchown(descriptor, state.st_uid, state.st_gid) == 0 || geteuid() != 0
        let isOnDisk = isWritten && hasOwner && fsync(descriptor) == 0
        close(descriptor)
        guard isOnDisk, rename(partial, path) == 0 else {
            let why = String(cString: strerror(errno))
            unlink(partial)
            throw .file(file, why)
        }
        FolderSync.sync((path as NSString).deletingLastPathComponent)
    }

    private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
