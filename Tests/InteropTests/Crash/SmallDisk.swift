import Foundation
import Glibc

/// A file system of 24 MiB that only this test writes; nil where the user may not mount one.
final class SmallDisk: Sendable {
    let path = NSTemporaryDirectory() + "chargehost-crash-" + UUID().uuidString

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

    static var isPermitted: Bool { SmallDisk() != nil }

    /// Takes all room that is left.
    func fill() {
        let file = open(path + "/foreign", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let block = [UInt8](repeating: 1, count: 4096)
        while write(file, block, block.count) > 0 {}
        close(file)
    }

    func clear() { unlink(path + "/foreign") }
}
