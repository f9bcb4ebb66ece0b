import Foundation
import Glibc
import Recording

/// The archive being written: under another name until it is whole and on the disk.
final class BackupFile {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private(set) var entries: [BackupManifest.Entry] = []

    /// Begins the file that will be `path`, readable by its owner alone; `partial` is its name until then.
    init(_ path: String, partial: String) throws(BackupError) {
        self.path = path
        self.partial = partial
        descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(partial, why: String(cString: strerror(errno))) }
    }

    deinit { close(descriptor) }

    /// Adds a file as it is now; what is appended to it meanwhile is left out. One that is gone is left out whole.
    func add(_ file: String, as name: String) throws(BackupError) {
        let source = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard source >= 0 else {
            if errno == ENOENT { return }
            throw .file(file, why: String(cString: strerror(errno)))
        }
        defer { close(source) }
        var state = stat()
        guard fstat(source, &state) == 0 else { throw .file(file, why: String(cString: strerror(errno))) }
        try head(name, Int(state.st_size), state.st_mtim.tv_sec)
        var left = Int(state.st_size)
        var sum: UInt32 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while left > 0 {
            let count = read(source, &buffer, min(left, buffer.count))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(file, why: "it became shorter while it was read; try again") }
            sum = Checksum.continued(sum, with: buffer[..<count])
            try write(buffer[..<count])
            left -= count
        }
        try pad(Int(state.st_size))
        entries.append(BackupManifest.Entry(name: name, bytes: Int(state.st_size), crc32: sum))
    }

    /// Adds the manifest, brings everything to the disk, and gives the file its name.
    func finish(_ manifest: BackupManifest) throws(BackupError) {
        let bytes = manifest.bytes
        try head(BackupManifest.name, bytes.count, Int(Date().timeIntervalSince1970))
        try write(bytes[...])
        try pad(bytes.count)
        try write([UInt8](repeating: 0, count: 2 * TarHeader.size)[...])
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else {
            throw .file(path, why: String(cString: strerror(errno)))
        }
        FolderSync.sync((path as NSString).deletingLastPathComponent)
    }

    private func head(_ name: String, _ count: Int, _ time: Int) throws(BackupError) {
        guard let bytes = TarHeader(name: name, count: count, time: time).bytes else {
            throw .file(name, why: "its name is too long for a backup, or it is larger than 8 GiB")
        }
        try write(bytes[...])
    }

    private func pad(_ count: Int) throws(BackupError) {
        try write([UInt8](repeating: 0, count: (TarHeader.size - count % TarHeader.size) % TarHeader.size)[...])
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(BackupError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .file(path, why: String(cString: strerror(errno))) }
            rest = rest.dropFirst(count)
        }
    }
}

/// What was renamed in a folder outlasts a loss of power once the folder is on the disk.
enum FolderSync {
    static func sync(_ path: String) {
        let folder = open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }
}
