import Foundation
import TestTools
import Testing

@testable import ReadPlanning

@Suite struct PlanLearningTests {
    private let row = (0..<16).map { point(100 + 2 * $0) }

    @Test func aSinglePointRefusedTwiceIsAbsent() {
        var bench = LearningBench(FakeMap(missing: [100, 101]))
        bench.run([point(100)], rounds: 1)
        #expect(bench.conclusions.isEmpty)
        bench.run([point(100)], rounds: 1)
        #expect(bench.conclusions == [.absent(point(100))])
        #expect(bench.learning.plannable([point(100), point(102)]) == [point(102)])
    }

    @Test func oneMissingPointOfSixteenIsFoundWithinAMinuteAndTheOthersAreReadAgain() {
        var bench = LearningBench(FakeMap(missing: [113]))
        bench.run(row, rounds: 60)
        #expect(bench.conclusions == [.absent(point(112))])
        #expect(!bench.learning.isExperimenting)
        // The request, its repetition, and one half each for 8, 4, 2 and 1.
        #expect(bench.refusals == 6)
        #expect(bench.lastRound == Set(row.map(\.points)).subtracting([["at112"]]))
    }

    @Test func nothingIsReadAcrossAnAbsentPoint() {
        var bench = LearningBench(FakeMap(missing: [112]))
        bench.run(row, rounds: 61)
        let refusals = bench.refusals
        bench.run(row, rounds: 60)
        #expect(bench.refusals == refusals)
        #expect(bench.learning.constraints.barriers[.holding] == [112, 113])
    }

    @Test func aRefusedGapBecomesABarrier() {
        var bench = LearningBench(FakeMap(missing: [105]))
        bench.run([point(100), point(102), point(106), point(108)], rounds: 200)
        #expect(bench.conclusions == [.barrier(.init(table: .holding, first: 104, last: 105))])
        #expect(bench.lastRequests == ["03 0x0064+4", "03 0x006A+4"])
    }

    @Test func aRefusedSeamBetweenTouchingPointsBecomesABorder() {
        var bench = LearningBench(FakeMap(seams: [104]))
        bench.run([point(100), point(102), point(104), point(106)], rounds: 200)
        #expect(bench.conclusions == [.border(.holding, address: 104)])
        #expect(bench.lastRequests == ["03 0x0064+4", "03 0x0068+4"])
    }

    @Test func aRequestTooLongForTheDeviceLowersTheLimit() {
        var bench = LearningBench(FakeMap(longest: 20))
        bench.run(row, rounds: 200)
        #expect(bench.conclusions == [.maxRead(.holding, 16)])
        #expect(bench.lastRequests == ["03 0x0064+16", "03 0x0074+16"])
    }

    @Test func aPassingRefusalTeachesNothing() {
        var bench = LearningBench(FakeMap(missing: [112]))
        bench.run(row, rounds: 1)
        bench.map.missing = []
        bench.run(row, rounds: 2)
        #expect(bench.conclusions == [.transient])
        #expect(bench.learning == PlanLearning(profile: .init()))
        #expect(bench.lastRequests == ["03 0x0064+32"])
    }

    @Test(arguments: [UInt8(1), 4, 5, 6, 8, 10, 11])
    func otherExceptionsChangeNothing(code: UInt8) {
        var learning = PlanLearning(profile: .init())
        let entry = LearningBench.plan(row, learning).entries[0]
        #expect(learning.record(.exception(code), of: entry, at: .zero).isEmpty)
        #expect(learning == PlanLearning(profile: .init()))
    }

    @Test func timeoutsDuringASearchPostponeItUpToEightSeconds() {
        var learning = PlanLearning(profile: .init())
        let entry = LearningBench.plan(row, learning).entries[0]
        learning.record(.exception(2), of: entry, at: .zero)
        var tries = 0
        for second in 0..<120 {
            for entry in learning.tries(at: .seconds(second)) {
                tries += 1
                learning.record(.inconclusive, of: entry, at: .seconds(second))
            }
        }
        // At 0, 1, 3, 7 and 15 s, then every 8 s: 13 more up to 119 s.
        #expect(tries == 18)
        #expect(learning.learned == LearnedMap())
    }

    @Test func aConnectionClosedAfterABridgedReadCountsAsRefusal() {
        let bridged = [point(100), point(104)]
        var bench = LearningBench(FakeMap(missing: [102], closes: true))
        bench.run(bridged, rounds: 100)
        #expect(bench.conclusions == [.barrier(.init(table: .holding, first: 102, last: 103))])
    }

    @Test func aConnectionClosedAfterAnUnbridgedReadTellsNothing() {
        var learning = PlanLearning(profile: .init())
        let entry = LearningBench.plan([point(100), point(102)], learning).entries[0]
        learning.record(.closed, of: entry, at: .zero)
        #expect(!learning.isExperimenting)
    }

    @Test func withoutBridgingAClosedConnectionStartsNothing() {
        let never = PlanConstraints(bridging: false)
        var learning = PlanLearning(profile: never)
        let entry = ReadPlan.Entry(
            request: .init(.holding, at: 100, count: 6), items: [point(100), point(104)])
        learning.record(.closed, of: entry, at: .zero)
        #expect(!learning.isExperimenting)
        #expect(learning.tries(at: .seconds(1)).isEmpty)
    }

    @Test func withoutBridgingNoTryCoversAnythingButPoints() {
        var bench = LearningBench(FakeMap(missing: [106]), PlanConstraints(bridging: false))
        bench.run([point(100), point(102), point(104), point(106), point(110), point(112)], rounds: 100)
        #expect(bench.conclusions == [.absent(point(106))])
        #expect(bench.bridgedReads == 0)
        #expect(bench.lastRequests == ["03 0x0064+6", "03 0x006E+4"])
    }

    @Test func aSearchMakesAtMostLog2StepsAMinute() {
        // Everything is missing: 15 cuts are needed, 4 a minute are allowed.
        var bench = LearningBench(FakeMap(missing: Set(0...200)))
        bench.run(row, rounds: 60)
        // The request and its repetition, and both halves of four cuts.
        #expect(bench.refusals == 2 + 2 * 4)
        bench.run(row, rounds: 60)
        #expect(bench.refusals == 2 + 2 * 8)
        bench.run(row, rounds: 240)
        #expect(bench.conclusions.count == 16)
        #expect(bench.refusals == 2 + 2 * 15)
    }

    @Test func atomicPointsAreNotTornInASearch() {
        let items = [point(100), point(102, atomic: "a"), point(104, atomic: "a"), point(106)]
        var bench = LearningBench(FakeMap(missing: [104]))
        bench.run(items, rounds: 200)
        #expect(Set(bench.conclusions) == [.absent(items[1]), .absent(items[2])])
    }

    @Test func aWholeIslandIsNotCutInASearch() {
        var bench = LearningBench(FakeMap(missing: [109]), PlanConstraints(whole: [.holding: [100...109]]))
        bench.run([point(100), point(104)], rounds: 10)
        #expect(Set(bench.conclusions) == [.absent(point(100)), .absent(point(104))])
        #expect(bench.refusals == 2)
    }

    @Test func whatWasLearnedIsStoredAndAppliedToTheProfile() throws {
        var bench = LearningBench(FakeMap(missing: [105, 110], longest: 100))
        let items = [point(100), point(102), point(106), point(108), point(110)]
        bench.run(items, rounds: 600)
        let stored = try JSONEncoder().encode(bench.learning.learned)
        let learned = try JSONDecoder().decode(LearnedMap.self, from: stored)
        let again = PlanLearning(profile: .init(), learned: learned)
        #expect(again == bench.learning)
        #expect(LearningBench.plan(items, again).description == "03 0x0064+4, 03 0x006A+4")
        var forgetful = again
        forgetful.forgetAbsent()
        #expect(forgetful.plannable(items) == items)
        #expect(forgetful.constraints.barriers[.holding] == [104, 105])
    }

    @Test func aLearnedLimitNeverRaisesTheProfilesOwn() {
        var learned = LearnedMap()
        learned.maxRead = ["holding": 50, "nonsense": 3]
        #expect(learned.applied(to: .init(maxRead: [.holding: 20])).maxRead == [.holding: 20])
        #expect(learned.applied(to: .init()).maxRead == [.holding: 50])
        learned.barriers = [.init(table: .holding, first: 9, last: -3), .init(table: .input, first: 5, last: Int.max)]
        #expect(learned.applied(to: .init()).barriers[.input]?.count == 0x10000 - 5)
    }

    /// Whatever the device lacks: in the end every point it has is read, and nothing is refused any more.
    @Test func everyDeviceIsLearnedInTheEnd() {
        for seed in 0..<UInt64(150) {
            var random = SeededGenerator(seed: seed)
            let items = (0..<random.number(1...12)).map { point(4 * $0 + random.pick(0, 1), random.pick(1, 2, 3)) }
            let missing = Set((0..<random.number(0...3)).map { _ in random.number(0...47) })
            let map = FakeMap(
                missing: missing, longest: random.pick(125, 125, 20, 9),
                seams: random.chance(30) ? [random.number(0...47)] : [])
            var bench = LearningBench(map, PlanConstraints(bridging: random.chance(70)))
            let settled = bench.settles(items, within: 3000)
            #expect(settled, "seed \(seed)")
            let expected = items.filter { item in
                map.answers(.init(.holding, at: UInt16(item.address), count: UInt16(item.count)))
            }
            #expect(bench.lastRound == Set(expected.map(\.points)), "seed \(seed)")
        }
    }
}
