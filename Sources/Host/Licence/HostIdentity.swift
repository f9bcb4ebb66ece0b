import Foundation
import Glibc
import Licensing

/// Who a host is: a key pair made at its first start, kept in its data folder.
public enum HostIdentity {
    /// The file, readable by the host's user only.
    public static let file = "identity.key"

    /// The identity of the host on `folder`; made and stored where there is none.
    ///
    /// Throws ``LicenceProblem``, and leaves a file that cannot be read as it is.
    public static func load(in folder: String) throws(LicenceProblem) -> SigningKey {
        let path = folder + "/" + file
        if let key = try stored(in: folder) { return key }
        guard let key = SigningKey() else { throw .identity(path, "the system gives no random numbers") }
        let bytes = Array(key.secretText.utf8)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .identity(path, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let why = String(cString: strerror(errno))
            unlink(path)
            throw .identity(path, why)
        }
        return key
    }

    /// The identity where there is one. Throws ``LicenceProblem``.
    public static func stored(in folder: String) throws(LicenceProblem) -> SigningKey? {
        let path = folder + "/" + file
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw .identity(path, "no access") }
        guard let key = SigningKey(text: String(decoding: bytes, as: UTF8.self)) else {
            throw .identity(path, "it is damaged; put it back from a backup")
        }
        return key
    }
}
