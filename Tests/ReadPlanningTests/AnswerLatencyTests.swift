import Foundation
import Testing

@testable import ReadPlanning

@Suite struct AnswerLatencyTests {
    private func after(_ milliseconds: [Int], hint: Int = 30) -> AnswerLatency {
        var latency = AnswerLatency(hint: .milliseconds(hint))
        for sample in milliseconds { latency.record(.milliseconds(sample)) }
        return latency
    }

    @Test func theHintHoldsUntilAnswersCome() {
        let fresh = after([])
        #expect(fresh.average == .milliseconds(30))
        #expect(fresh.planned == .milliseconds(30))
        #expect(fresh.percentile95 == nil)
        #expect(fresh.timeout(atMost: .seconds(1)) == .seconds(1))
    }

    @Test func theAverageFollowsTheAnswers() {
        #expect(after([10]).average == .milliseconds(20))
        let settled = after(Array(repeating: 10, count: 200))
        #expect(settled.average < .microseconds(10_010))
    }

    @Test func percentile95IsTheNearestRankOfTheLast64() {
        #expect(after(Array(1...64)).percentile95 == .milliseconds(61))
        #expect(after(Array(1...20)).percentile95 == .milliseconds(19))
        #expect(after(Array(repeating: 900, count: 50) + Array(1...64)).percentile95 == .milliseconds(61))
    }

    @Test(arguments: [(10, 100), (25, 100), (26, 104), (50, 200), (250, 1000), (400, 1000)])
    func theTimeLimitIsFourTimesPercentile95WithinBounds(sample: Int, limit: Int) {
        let latency = after(Array(repeating: sample, count: 8))
        #expect(latency.timeout(atMost: .seconds(1)) == .milliseconds(limit))
        #expect(after(Array(repeating: sample, count: 7)).timeout(atMost: .seconds(1)) == .seconds(1))
    }

    @Test func aProfileLimitBelow100MillisecondsHolds() {
        #expect(after(Array(repeating: 10, count: 8)).timeout(atMost: .milliseconds(80)) == .milliseconds(80))
    }

    @Test func theWholeAnswerIsGivenTheTimeOfItsBytes() {
        // 263 characters of 1041666 ns and 7 of silence.
        let latency = after(Array(repeating: 10, count: 8))
        let request = ReadRequest(.holding, at: 0, count: 125)
        #expect(
            latency.timeout(of: request, on: .serial(9600, .none), atMost: .seconds(1))
                == .milliseconds(100) + .nanoseconds(270 * 1_041_666))
    }

    @Test func wireTimeIsNoLatency() {
        var latency = AnswerLatency(hint: .milliseconds(20))
        // 17 characters and 7 of silence: 24 × 1041666 ns, and 20 ms of thinking.
        latency.record(
            elapsed: .nanoseconds(24 * 1_041_666) + .milliseconds(20), for: ReadRequest(.holding, at: 0, count: 2),
            on: .serial(9600, .none))
        #expect(latency.average == .milliseconds(20))
        latency.record(elapsed: .zero, for: ReadRequest(.holding, at: 0, count: 2), on: .serial(9600, .none))
        #expect(latency.average >= .zero)
    }

    @Test func waitsInVainRaiseTheLimitAndNotTheAverage() {
        var latency = after(Array(repeating: 10, count: 8), hint: 10)
        for _ in 0..<4 { latency.recordTimeout(after: .milliseconds(100)) }
        #expect(latency.timeout(atMost: .seconds(1)) == .milliseconds(400))
        #expect(latency.average == .milliseconds(10))
    }

    @Test func aMoveBelow30PercentKeepsThePlan() {
        let latency = after(Array(repeating: 38, count: 300))
        #expect(latency.planned == .milliseconds(30))
    }

    @Test func aLastingMoveBeyond30PercentPlansAgainOnce() {
        var latency = AnswerLatency(hint: .milliseconds(30))
        var plans = 0
        for _ in 0..<300 { plans += latency.record(.milliseconds(41)) ? 1 : 0 }
        #expect(plans == 1)
        #expect(latency.planned > .milliseconds(39))
    }

    @Test func swingingAnswersDoNotMakePlansFlap() {
        var latency = AnswerLatency(hint: .milliseconds(30))
        var plans = 0
        for index in 0..<1000 { plans += latency.record(.milliseconds(index % 10 < 5 ? 15 : 45)) ? 1 : 0 }
        #expect(plans == 0)
    }

    @Test func movesBelowAMillisecondAreNoise() {
        var latency = AnswerLatency(hint: .microseconds(300))
        var plans = 0
        for _ in 0..<100 { plans += latency.record(.microseconds(900)) ? 1 : 0 }
        #expect(plans == 0)
    }

    @Test func itsStateCanBeStored() throws {
        let latency = after(Array(1...100))
        let stored = try JSONEncoder().encode(latency)
        #expect(try JSONDecoder().decode(AnswerLatency.self, from: stored) == latency)
    }
}
