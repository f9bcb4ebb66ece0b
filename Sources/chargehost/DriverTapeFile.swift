import DriverPrograms
import Foundation

/// Recorded conversations as files.
enum DriverTapeFile {
    /// Throws ``CommandFailure`` for a file that cannot be read, or is no conversation.
    static func read(_ file: String) throws -> Tape {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.usage, "\(file) cannot be read")
        }
        do throws(TapeFault) {
            return try Tape(String(decoding: data, as: UTF8.self))
        } catch {
            throw CommandFailure(.usage, "\(file): \(error)")
        }
    }

    /// Throws ``CommandFailure`` where it cannot be written.
    static func write(_ tape: Tape, to file: String) throws {
        do {
            try Data(tape.text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandFailure(.usage, "\(file) cannot be written: \(error.localizedDescription)")
        }
    }
}
