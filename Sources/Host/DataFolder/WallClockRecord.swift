import DriverAPI
import Storage

/// Stores the wall clock every minute, and notices one that was set back.
struct WallClockRecord: Sendable {
    private let storage: SiteStorage
    private let clock: any SiteClock

    init(_ storage: SiteStorage, clock: any SiteClock) {
        self.storage = storage
        self.clock = clock
    }

    /// What is wrong with the clock at the start; nil if nothing is.
    func problem() async -> String? {
        guard let state = try? await storage.clockState(), state != .plausible else { return nil }
        return "the clock is not set: it shows a time before the last one stored; set it, sessions are billed by it"
    }

    /// Stores until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            _ = try? await storage.recordClock()
            do { try await clock.sleep(.seconds(60)) } catch { return }
        }
    }
}
