import Storage
import Testing

struct AttemptRuleTests {
    private let rule = AttemptRule(attempts: 3, interval: .seconds(10))

    /// Facts, behaviours 40: retried at interval × n.
    @Test func aRefusalIsAnAttemptAndTheWaitGrowsWithThem() {
        let first = rule.verdict(.callError("InternalError"), AttemptCounts())
        #expect(first == .again(AttemptCounts(attempts: 1), after: .seconds(10)))
        let second = rule.verdict(.callError("InternalError"), AttemptCounts(attempts: 1))
        #expect(second == .again(AttemptCounts(attempts: 2), after: .seconds(20)))
        let third = rule.verdict(.callError("InternalError"), AttemptCounts(attempts: 2))
        #expect(third == .usedUp(AttemptCounts(attempts: 3)))
    }

    @Test func aLostConnectionIsNoAttemptHoweverOften() {
        var counts = AttemptCounts(attempts: 2, closes: 2)
        for _ in 0..<1000 {
            guard case .again(let next, after: .zero) = rule.verdict(.connectionLost, counts) else {
                Issue.record("a lost connection was counted")
                return
            }
            counts = next
        }
        #expect(counts == AttemptCounts(attempts: 2, closes: 2))
    }

    @Test func silenceIsAnAttemptOnlyWhenTheBackendIsThere() {
        let counts = AttemptCounts()
        #expect(rule.verdict(.timeout(heartbeatAnswered: false), counts) == .again(counts, after: .zero))
        #expect(
            rule.verdict(.timeout(heartbeatAnswered: true), counts)
                == .again(AttemptCounts(attempts: 1), after: .seconds(10)))
    }

    @Test func threeClosesRightAfterAMessageAreOneAttempt() {
        var counts = AttemptCounts()
        var waits: [Duration] = []
        for _ in 0..<6 {
            guard case .again(let next, let wait) = rule.verdict(.closedAfterIt, counts) else {
                Issue.record("used up")
                return
            }
            counts = next
            waits.append(wait)
        }
        #expect(counts == AttemptCounts(attempts: 2, closes: 0))
        #expect(waits == [.zero, .zero, .seconds(10), .zero, .zero, .seconds(20)])
    }

    /// Facts, behaviours 42.
    @Test func zeroAttemptsAndZeroIntervalAreNoBusyLoop() {
        let none = AttemptRule(attempts: 0, interval: .zero)
        #expect(none.verdict(.callError(""), AttemptCounts()) == .usedUp(AttemptCounts(attempts: 1)))
        let quick = AttemptRule(attempts: 5, interval: .zero)
        #expect(
            quick.verdict(.callError(""), AttemptCounts()) == .again(AttemptCounts(attempts: 1), after: .seconds(1)))
        #expect(AttemptRule(attempts: 2, interval: .seconds(-5)).interval == .zero)
    }
}
