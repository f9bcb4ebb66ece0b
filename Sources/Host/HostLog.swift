import DriverAPI
import Foundation

/// The host's log: one line each with time and level, to whatever takes it.
public struct HostLog: Sendable {
    private let least: LogLevel
    private let sink: @Sendable (String) -> Void
    /// What was written last.
    public let tail = LogTail()

    /// A log that hands lines of `least` and above to `sink`.
    public init(least: LogLevel = .info, to sink: @escaping @Sendable (String) -> Void = { _ in }) {
        self.least = least
        self.sink = sink
    }

    /// Writes one line.
    public func write(_ level: LogLevel, _ text: String) {
        guard level.rank >= min(least.rank, LogLevel.info.rank) else { return }
        let line = "\(Date().formatted(.iso8601)) \(level.rawValue) \(text)"
        tail.add(line)
        if level.rank >= least.rank { sink(line) }
    }
}

extension LogLevel {
    fileprivate var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }
}
