import Foundation

/// What a program writes, in a file without a name: nothing is lost, and no descriptor is left when it is gone.
public final class Captured: Sendable {
    /// Where the program writes.
    public let writing: FileHandle
    private let reading: Int32

    /// Throws where no file can be made.
    public init() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("o-" + UUID().uuidString).path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        reading = open(path, O_RDONLY | O_CLOEXEC)
        unlink(path)
        writing = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard descriptor >= 0, reading >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit { close(reading) }

    /// The program has its own end now.
    public func isGiven() { try? writing.close() }

    /// What stands there from `place` on, which is moved behind it.
    public func read(from place: inout off_t) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(reading, &buffer, buffer.count, place)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            place += off_t(count)
        }
    }
}
