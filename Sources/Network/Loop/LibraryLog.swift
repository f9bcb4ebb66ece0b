import CWebSockets
import Synchronization

/// What libwebsockets says. Its log belongs to the process and not to a context, so every running loop gets it.
enum LibraryLog {
    typealias Sink = @Sendable (NetworkLogEntry) -> Void

    private static let sinks = Mutex<(last: UInt64, all: [UInt64: Sink])>((0, [:]))

    /// Sends the library's words to `sink` until `remove`.
    static func add(_ sink: @escaping Sink) -> UInt64 {
        sinks.withLock { sinks in
            sinks.last += 1
            sinks.all[sinks.last] = sink
            if sinks.all.count == 1 { lws_set_log_level(CH_LWS_LOG_LEVELS, libraryLogLine) }
            return sinks.last
        }
    }

    static func remove(_ id: UInt64) { sinks.withLock { _ = $0.all.removeValue(forKey: id) } }

    static func emit(_ entry: NetworkLogEntry) {
        for sink in sinks.withLock({ Array($0.all.values) }) { sink(entry) }
    }
}

/// The library's log function: top-level and nonisolated, since C calls it on any thread.
private func libraryLogLine(_ level: Int32, _ line: UnsafePointer<CChar>?) {
    guard let line else { return }
    let text = Text.trimmed(String(cString: line).split(whereSeparator: \.isNewline).joined(separator: " "))
    LibraryLog.emit(
        NetworkLogEntry(level: level == CH_LWS_LOG_ERROR ? .error : .warning, text: "libwebsockets: \(text)"))
}
