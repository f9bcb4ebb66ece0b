import Foundation
import Glibc

/// A file system of 24 MiB that only one test writes, gone with this object.
public final class SmallDisk: Sendable {
    /// Where it is mounted.
    public let path = NSTemporaryDirectory() + "chargehost-disk-" + UUID().uuidString

    /// nil where the user may not mount one.
    public init?() {
        guard mkdir(path, 0o700) == 0 else { return nil }
        guard mount("none", path, "tmpfs", 0, "size=24m,mode=0700") == 0 else {
            rmdir(path)
            return nil
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    /// Whether the user may mount one.
    public static var isPermitted: Bool { SmallDisk() != nil }

    /// Takes all room that is left, but for some pages of 4 KiB.
    public func fill(but pages: Int = 0) {
        let file = open(path + "/foreign", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
        ftruncate(file, lseek(file, 0, SEEK_END) - off_t(pages * 4096))
        close(file)
    }

    /// Gives the room back.
    public func clear() { unlink(path + "/foreign") }
}
