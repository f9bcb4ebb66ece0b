import Foundation
import Glibc

/// The folder `recordings` in the data folder: one file for each segment, `recording-000001.rec` and on.
public struct RecordingFolder: SegmentStore {
    /// Its path.
    public let path: String

    /// The folder at `path`; it is made with the first segment.
    public init(_ path: String) { self.path = path }

    /// The recordings of a data folder, or the folder itself where it holds recordings.
    public static func find(_ path: String) -> RecordingFolder {
        let inside = RecordingFolder(path + "/recordings")
        return inside.numbers().isEmpty ? RecordingFolder(path) : inside
    }

    /// The files of its segments, in order.
    public func files() -> [String] { numbers().map(file) }

    func numbers() -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { name in
            guard name.hasPrefix("recording-"), name.hasSuffix(".rec") else { return nil }
            return Int(name.dropFirst(10).dropLast(4))
        }.sorted()
    }

    func create(_ number: Int) throws(SegmentStoreError) -> any SegmentFile {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw failure(path) }
        let file = file(number)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(file) }
        return RecordingFile(path: file, descriptor: descriptor)
    }

    func remove(_ number: Int) throws(SegmentStoreError) {
        let file = file(number)
        guard unlink(file) == 0 || errno == ENOENT else { throw failure(file) }
    }

    private func file(_ number: Int) -> String {
        let digits = "\(number)"
        return path + "/recording-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".rec"
    }

    private func failure(_ path: String) -> SegmentStoreError {
        SegmentStoreError(path: path, reason: String(cString: strerror(errno)))
    }
}
