import Foundation
import Glibc

/// Replaces files so that they are there as a whole or not at all, whatever happens meanwhile.
enum FileReplacement {
    /// Puts `bytes` at `path`, and on the disk; folders that are missing are made. Throws ``TrustProblem``.
    static func put(_ bytes: [UInt8], at path: String) throws(TrustProblem) {
        let partial = try write(bytes, for: path)
        try replace(path, by: partial)
    }

    /// Puts files that belong together: none is replaced before all are on the disk. Throws ``TrustProblem``.
    static func put(_ files: [(path: String, bytes: [UInt8])]) throws(TrustProblem) {
        var written: [(path: String, partial: String)] = []
        for file in files {
            do throws(TrustProblem) {
                written.append((file.path, try write(file.bytes, for: file.path)))
            } catch {
                for (_, partial) in written { unlink(partial) }
                throw error
            }
        }
        for (path, partial) in written { try replace(path, by: partial) }
    }

    /// Writes what is to be at `path` beside it, and onto the disk; where that is.
    private static func write(_ bytes: [UInt8], for path: String) throws(TrustProblem) -> String {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        } catch {
            throw .notStored(path, error.localizedDescription)
        }
        let partial = "\(folder)/.\(URL(fileURLWithPath: path).lastPathComponent).\(getpid()).new"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .notStored(path, String(cString: strerror(errno))) }
        let fault = write(bytes, to: descriptor)
        close(descriptor)
        if let fault {
            unlink(partial)
            throw .notStored(path, String(cString: strerror(fault)))
        }
        return partial
    }

    private static func replace(_ path: String, by partial: String) throws(TrustProblem) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard rename(partial, path) == 0 else {
            let why = String(cString: strerror(errno))
            unlink(partial)
            throw .notStored(path, why)
        }
        Ownership.give(path, like: folder)
        FolderSync.sync(folder)
    }

    /// The error's number, if there was one.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
