import DriverAPI

/// How an engine sleeps.
protocol EngineWaiting: Sendable {
    /// Returns at `end`, or earlier when more than `known` commands and errands have come in.
    func wait(until end: MonotonicTime, since known: Int) async
}

/// Sleeps on the clock alone: what a single caller and every virtual clock needs.
struct ClockWaiting: EngineWaiting {
    let clock: any SiteClock

    func wait(until end: MonotonicTime, since known: Int) async {
        try? await clock.sleep(until: end, tolerance: nil)
    }
}

/// Sleeps on the clock, and is woken by what comes into the queue.
struct QueueWaiting: EngineWaiting {
    let clock: any SiteClock
    let commands: CommandQueue

    func wait(until end: MonotonicTime, since known: Int) async {
        await commands.sleep(until: end, on: clock, since: known)
    }
}
