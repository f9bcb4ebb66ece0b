import Foundation
import Glibc
import Recording

/// Unpacks a backup into a folder and compares it with its manifest.
struct BackupReader {
    private static let manifestLimit = 1 << 24

    let path: String
    private let descriptor: Int32

    /// Opens the archive. Throws ``BackupError``.
    init(_ path: String) throws(BackupError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path, why: String(cString: strerror(errno))) }
    }

    /// Unpacks everything below `folder`, which is empty, onto the disk. Throws ``BackupError``; what was unpacked by
    /// then stays.
    func unpack(into folder: String) throws(BackupError) -> BackupManifest {
        defer { close(descriptor) }
        var found: [BackupManifest.Entry] = []
        while true {
            switch TarHeader.read(try block()) {
            case .bad(let why): throw .damaged(path, why: why)
            case .end: throw .damaged(path, why: "it has no manifest")
            case .header(let header) where header.name == BackupManifest.name:
                let manifest = try manifest(header)
                guard manifest.files == found else {
                    throw .damaged(path, why: difference(manifest.files, found))
                }
                return manifest
            case .header(let header):
                guard Self.isSafe(header.name), !found.contains(where: { $0.name == header.name }) else {
                    throw .damaged(path, why: "“\(header.name)” has no place in a backup")
                }
                found.append(try unpack(header, into: folder))
            }
        }
    }

    /// A path below `data/` or `site/` that leads nowhere else.
    private static func isSafe(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == "data" || parts[0] == "site" else { return false }
        if parts[0] == "data", DataFiles.isOwn(String(parts[1])) { return false }
        return parts.allSatisfy { !["", ".", ".."].contains($0) && !$0.utf8.contains(0) }
    }

    private func unpack(_ header: TarHeader, into folder: String) throws(BackupError) -> BackupManifest.Entry {
        let place = folder + "/" + header.name
        let parent = (place as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .file(parent, why: error.localizedDescription)
        }
        let target = open(place, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw .file(place, why: String(cString: strerror(errno))) }
        defer { close(target) }
        var sum: UInt32 = 0
        try content(header.count) { bytes throws(BackupError) in
            sum = Checksum.continued(sum, with: bytes)
            guard bytes.withUnsafeBytes({ write(target, $0.baseAddress, $0.count) }) == bytes.count else {
                throw .file(place, why: String(cString: strerror(errno)))
            }
        }
        guard fsync(target) == 0 else { throw .file(place, why: String(cString: strerror(errno))) }
        FolderSync.sync(parent)
        return BackupManifest.Entry(name: header.name, bytes: header.count, crc32: sum)
    }

    private func manifest(_ header: TarHeader) throws(BackupError) -> BackupManifest {
        guard header.count <= Self.manifestLimit else { throw .damaged(path, why: "its manifest is too large") }
        var bytes: [UInt8] = []
        try content(header.count) { bytes += $0 }
        struct Version: Decodable {
            var format: Int
            var chargehost: String
        }
        guard let version = try? JSONDecoder().decode(Version.self, from: Data(bytes)) else {
            throw .damaged(path, why: "its manifest cannot be read")
        }
        // What a newer format means, only its own version knows.
        guard version.format <= BackupManifest.format else { throw .newer(path, version: version.chargehost) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: Data(bytes)) else {
            throw .damaged(path, why: "its manifest cannot be read")
        }
        return manifest
    }

    private func difference(_ wanted: [BackupManifest.Entry], _ found: [BackupManifest.Entry]) -> String {
        for entry in wanted {
            guard let other = found.first(where: { $0.name == entry.name }) else { return "\(entry.name) is missing" }
            if other != entry { return "\(entry.name) is not what was backed up" }
        }
        return "it holds more than was backed up"
    }

    private func content(
        _ count: Int, _ body: (ArraySlice<UInt8>) throws(BackupError) -> Void
    ) throws(BackupError) {
        var left = count
        while left > 0 {
            let bytes = try take(min(left, 1 << 18))
            try body(bytes[...])
            left -= bytes.count
        }
        _ = try take((TarHeader.size - count % TarHeader.size) % TarHeader.size)
    }

    private func block() throws(BackupError) -> [UInt8] { try take(TarHeader.size) }

    private func take(_ count: Int) throws(BackupError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: filled), count - filled)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .file(path, why: String(cString: strerror(errno))) }
            guard got > 0 else { throw .damaged(path, why: "it ends too early") }
            filled += got
        }
        return bytes
    }
}
