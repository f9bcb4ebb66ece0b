import DriverAPI
import Foundation
import Simulator
import Synchronization
import Testing

@testable import Host

/// The event stream, on a virtual clock.
@Suite struct EventStreamTests {
    private final class Site: Sendable {
        private let state = Mutex((status: SiteStatus.sample(), asked: 0))

        var asked: Int { state.withLock(\.asked) }

        func status() -> SiteStatus {
            state.withLock { state in
                state.asked += 1
                return state.status
            }
        }

        func power(_ watts: Double) { state.withLock { $0.status.boxes[0].power_w = watts } }
    }

    private let clock = SharedVirtualClock(start: MonotonicTime(seconds: 100))
    private let site = Site()
    private let history = PowerHistory()

    private func stream() async -> EventStream {
        let stream = EventStream(clock: clock, history: history)
        await stream.follow { [site] in site.status() }
        return stream
    }

    private func power(_ message: [String: Any]) -> Double? {
        (message["boxes"] as? [[String: Any]])?.first?["power_w"] as? Double
    }

    @Test func aPageGetsTheSiteFirstAndThenWhatChanges() async throws {
        let stream = await stream()
        let page = OpenPage()
        _ = await stream.open(page.delivery)
        let first = try await page.message(0)
        #expect(first["event"] as? String == "snapshot")
        #expect((first["site"] as? [String: Any])?["name"] as? String == "test")
        let sequence = try #require(first["sequence"] as? Int)
        await clock.waitUntilSleeping(1)
        site.power(3680)
        stream.changed()
        clock.advance(by: EventStream.interval)
        let second = try await page.message(1)
        #expect(second["event"] as? String == "change")
        #expect(second["sequence"] as? Int == sequence + 1)
        #expect(power(second) == 3680)
        await stream.stop()
    }

    @Test func changesWithin100MillisecondsAreOneMessageWithTheNewest() async throws {
        let stream = await stream()
        let page = OpenPage()
        _ = await stream.open(page.delivery)
        _ = try await page.message(0)
        await clock.waitUntilSleeping(1)
        for watts in [1.0, 2, 3, 4, 5] {
            site.power(watts)
            stream.changed()
        }
        clock.advance(by: EventStream.interval)
        #expect(power(try await page.message(1)) == 5)
        await clock.waitUntilSleeping(1)
        clock.advance(by: EventStream.interval)
        site.power(6)
        stream.changed()
        #expect(power(try await page.message(2)) == 6)
        await stream.stop()
    }

    @Test func everyPageGetsTheSameBytesAndALaterOneBeginsWithASnapshot() async throws {
        let stream = await stream()
        let (early, late) = (OpenPage(), OpenPage())
        _ = await stream.open(early.delivery)
        _ = try await early.message(0)
        await clock.waitUntilSleeping(1)
        _ = await stream.open(late.delivery)
        clock.advance(by: EventStream.interval)
        let snapshot = try await late.message(0)
        #expect(snapshot["event"] as? String == "snapshot")
        await clock.waitUntilSleeping(1)
        site.power(11)
        stream.changed()
        clock.advance(by: EventStream.interval)
        let change = try await late.message(1)
        #expect(change["sequence"] as? Int == (try #require(snapshot["sequence"] as? Int)) + 1)
        _ = try await early.message(1)
        #expect(early.messages.last == late.messages.last)
        #expect(late.messages.count == 2)
        await stream.stop()
    }

    @Test func whileNothingChangesATimeComesEvery5Seconds() async throws {
        let stream = await stream()
        let page = OpenPage()
        _ = await stream.open(page.delivery)
        _ = try await page.message(0)
        for _ in 0..<49 {
            await clock.waitUntilSleeping(1)
            stream.changed()
            clock.advance(by: EventStream.interval)
        }
        await clock.waitUntilSleeping(1)
        #expect(page.messages.count == 1)
        stream.changed()
        clock.advance(by: EventStream.interval)
        let message = try await page.message(1)
        #expect(Set(message.keys) == ["event", "sequence", "time", "uptime_s"])
        await stream.stop()
    }

    @Test func nothingIsAskedForWhileNoPageIsOpen() async throws {
        let stream = await stream()
        for _ in 0..<100 { stream.changed() }
        let page = OpenPage()
        let id = await stream.open(page.delivery)
        _ = try await page.message(0)
        #expect(site.asked == 1)
        await stream.close(id)
        for _ in 0..<100 { stream.changed() }
        clock.advance(by: .seconds(10))
        let next = OpenPage()
        _ = await stream.open(next.delivery)
        _ = try await next.message(0)
        #expect(site.asked == 2)
        await stream.stop()
    }

    @Test func theChartsNextPointComesWithAChange() async throws {
        let stream = await stream()
        let page = OpenPage()
        _ = await stream.open(page.delivery)
        _ = try await page.message(0)
        await clock.waitUntilSleeping(1)
        var power = PowerBalance()
        power.grid_w = 500
        history.take(power, at: MonotonicTime(seconds: 100))
        history.take(power, at: MonotonicTime(seconds: 110))
        stream.changed()
        clock.advance(by: EventStream.interval)
        let point = try #require(try await page.message(1)["history"] as? [String: Any])
        #expect(point["number"] as? Int == 10)
        #expect(point["grid_w"] as? Int == 500)
        await stream.stop()
    }

    @Test func aPageThatTakesNoMoreIsForgotten() async throws {
        let stream = await stream()
        let page = OpenPage()
        _ = await stream.open(page.delivery)
        _ = await stream.open { _ in false }
        _ = try await page.message(0)
        #expect(await stream.count == 1)
        await stream.stop()
    }
}
