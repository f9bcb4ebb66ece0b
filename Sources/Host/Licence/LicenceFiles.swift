import Foundation
import Glibc
import Licensing

/// The licence files in a data folder.
public struct LicenceFiles: Sendable {
    /// The folder.
    public let folder: String

    /// The files of the data folder at `data`.
    public init(data: String) { folder = data + "/licences" }

    /// What is there now. A folder that was never made holds nothing.
    public func read() -> LicenceFolder {
        var state = stat()
        if stat(folder, &state) != 0, errno == ENOENT { return .files([]) }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return .unreadable(String(cString: strerror(errno)))
        }
        return .files(
            names.filter { $0.hasSuffix(".licence") }.sorted().map { name in
                LicenceFolder.File(
                    name: name, bytes: FileManager.default.contents(atPath: folder + "/" + name).map(Array.init))
            })
    }

    /// Puts a file there under the number of its licence; it is on the disk when this returns. Throws ``LicenceProblem``.
    public func store(_ bytes: [UInt8], id: String) throws(LicenceProblem) {
        let name = String(id.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }.prefix(100))
        let path = folder + "/" + name + ".licence"
        let partial = path + ".new"
        mkdir(folder, 0o700)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notStored(path, String(cString: strerror(errno))) }
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let why = String(cString: strerror(errno))
        close(descriptor)
        guard isWritten, rename(partial, path) == 0 else {
            unlink(partial)
            throw .notStored(path, why)
        }
        Ownership.give(folder, like: URL(fileURLWithPath: folder).deletingLastPathComponent().path)
        FolderSync.sync(folder)
    }
}
