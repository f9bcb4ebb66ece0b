import Glibc

/// A file that takes up room so that there is some to give up: when the disk is full, stops still get theirs.
struct Ballast: Sendable {
    let path: String
    let size: Int

    /// Room that must be left besides the ballast before it is made again, in bytes: a write-ahead log and a little more.
    static let margin = 8 << 20

    init(beside database: String, size: Int) {
        path = database + "-ballast"
        self.size = size
    }

    /// Whether it is there in full.
    var isInPlace: Bool {
        var status = stat()
        return size == 0 || (stat(path, &status) == 0 && Int(status.st_blocks) * 512 >= size)
    }

    /// Makes it if it is missing and there is room for it and more; whether it is there.
    @discardableResult
    func restore() -> Bool {
        if isInPlace { return true }
        guard freeBytes >= size + Ballast.margin else { return false }
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        guard posix_fallocate(file, 0, off_t(size)) == 0, fsync(file) == 0 else {
            unlink(path)
            return false
        }
        return true
    }

    /// Gives its room up; false when there was none to give.
    func giveUp() -> Bool {
        guard size > 0 else { return false }
        return unlink(path) == 0
    }

    private var freeBytes: Int {
        var status = statvfs()
        let slash = path.lastIndex(of: "/") ?? path.startIndex
        let folder = slash == path.startIndex ? "." : String(path[..<slash])
        guard statvfs(folder, &status) == 0 else { return 0 }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
