import Foundation
import Glibc

/// A file system of 24 MiB that only one test writes; nil where the user may not mount one.
final class SmallDisk {
    static var canMount: Bool { SmallDisk() != nil }

    let path = NSTemporaryDirectory() + "chargehost-disk-" + UUID().uuidString
    private var foreign: String { path + "/foreign" }

    init?() {
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

    /// Takes all room that is left, but for some pages of 4 KiB.
    func fill(but pages: Int = 0) {
        let file = open(foreign, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
        ftruncate(file, lseek(file, 0, SEEK_END) - off_t(pages * 4096))
        close(file)
    }

    func clear() { unlink(foreign) }
}
