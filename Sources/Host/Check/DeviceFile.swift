import Glibc

/// Device files by what they lead to.
enum DeviceFile {
    /// The file at the end of all links, /dev/ttyUSB0 for /dev/serial/by-id/…; nil where there is none.
    static func canonical(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}
