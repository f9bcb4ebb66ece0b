import DriverAPI
import Synchronization
import Testing

@testable import Simulator

@Suite struct VirtualClockTests {
    @Test func sleepingMovesTheTimeAndRunsWhatFallsDueInOrder() async throws {
        let clock = VirtualClock()
        let log = Log()
        clock.schedule(at: Make.seconds(2)) { log.add("b \($0.seconds)") }
        clock.schedule(at: Make.seconds(1)) { [clock] moment in
            log.add("a \(moment.seconds)")
            clock.schedule(at: Make.seconds(1.5)) { log.add("c \($0.seconds)") }
        }
        clock.schedule(at: Make.seconds(9)) { _ in log.add("late") }
        try await clock.sleep(.seconds(3))
        #expect(log.lines == ["a 1.0", "c 1.5", "b 2.0"])
        #expect(clock.now == Make.seconds(3))
    }

    @Test func theTimeNeverGoesBack() {
        let clock = VirtualClock(start: Make.seconds(5))
        clock.advance(to: Make.seconds(1))
        #expect(clock.now == Make.seconds(5))
    }

    @Test func severalTasksWakeInTheOrderOfTheirDeadlines() async throws {
        let clock = SharedVirtualClock()
        let log = Log()
        let tasks = [(0.7, "x"), (0.5, "y")].map { period, name in
            Task {
                while !Task.isCancelled {
                    try await clock.sleep(.seconds(period))
                    log.add("\(name) \(clock.now.seconds)")
                }
            }
        }
        await clock.advance(by: .seconds(1.5), sleepers: 2)
        #expect(log.lines == ["y 0.5", "x 0.7", "y 1.0", "x 1.4", "y 1.5"])
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        #expect(clock.sleeping == 0)
    }
}

/// Lines written by several tasks.
final class Log: Sendable {
    private let text = Mutex<[String]>([])
    var lines: [String] { text.withLock { $0 } }
    func add(_ line: String) { text.withLock { $0.append(line) } }
}
