import COpenSSL
import Glibc

/// The SHA-256 of a file.
public enum FileDigest {
    /// The digest in hexadecimal digits. Throws ``TransferError``. It blocks while it reads.
    public static func sha256(_ path: String) throws(TransferError) -> String {
        guard let context = EVP_MD_CTX_new() else { throw .file(path, "not enough memory") }
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, ch_sha256(), nil)
        try FileBytes.read(path) { bytes in _ = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &digest, nil)
        return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Reads a file piece by piece.
enum FileBytes {
    static func read(_ path: String, _ body: (UnsafeRawBufferPointer) -> Void) throws(TransferError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .file(path, String(cString: strerror(errno))) }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .file(path, String(cString: strerror(errno))) }
            guard count > 0 else { return }
            buffer[..<count].withUnsafeBytes(body)
        }
    }
}
