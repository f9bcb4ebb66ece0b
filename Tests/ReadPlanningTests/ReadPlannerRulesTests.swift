import Testing

@testable import ReadPlanning

@Suite struct ReadPlannerRulesTests {
    @Test func gapsAreBridgedOnlyWhenTheLineMakesItCheaper() {
        let points = [point(0x34, 2, .input), point(0x46, 2, .input)]
        #expect(plan(points, latency: .milliseconds(30)) == ["04 0x0034+20"])
        #expect(plan(points, latency: .milliseconds(2)) == ["04 0x0034+2", "04 0x0046+2"])
    }

    @Test func requestsComeByUnitThenFunctionThenAddress() {
        let points = [
            point(9, 1, unit: 200), point(7, 1, .input), point(500, 1), point(3, 1, .coil), point(5, 1),
            point(4, 1, .discrete, unit: 3),
        ]
        #expect(
            plan(points, .init(bridging: false)) == [
                "01 0x0003+1", "03 0x0005+1", "03 0x01F4+1", "04 0x0007+1", "@3 02 0x0004+1", "@200 03 0x0009+1",
            ])
    }

    @Test func aTableMayBeReadWithAnotherFunction() {
        let plan = plan([point(9, 1), point(7, 1, .input)], .init(readFunction: [.holding: 4]))
        #expect(plan == ["04 0x0007+1", "04 0x0009+1"])
    }

    @Test func atEqualCostThereAreFewerRequests() {
        #expect(plan([point(0), point(2)], line: .tcp, latency: .zero) == ["03 0x0000+4"])
    }

    @Test func atEqualCostAndRequestsThereAreFewerAddresses() {
        // Up to eight coils take one byte; cutting after the first would read seven coils, after the second five.
        let coils = [point(0, 1, .coil), point(3, 1, .coil), point(8, 1, .coil)]
        #expect(plan(coils, .init(maxRead: [.coil: 8])) == ["01 0x0000+4", "01 0x0008+1"])
    }

    @Test func amongEqualsTheEarlierCutWins() {
        let three = [point(0), point(2), point(4)]
        #expect(plan(three, .init(maxRead: [.holding: 4])) == ["03 0x0000+2", "03 0x0002+4"])
    }

    @Test func aPointInAWholeIslandReadsAllOfItAlone() {
        let constraints = PlanConstraints(whole: [.holding: [10...19]])
        #expect(
            plan([point(8), point(12), point(16), point(20)], constraints) == [
                "03 0x0008+2", "03 0x000A+10", "03 0x0014+2",
            ])
        #expect(problems([point(9), point(12)], constraints).map(\.reason) == [.crossesWhole(10...19)])
    }

    @Test func aWholeIslandIsNotBridged() {
        let constraints = PlanConstraints(whole: [.holding: [10...19]])
        #expect(plan([point(8), point(20)], constraints, line: .tcp) == ["03 0x0008+2", "03 0x0014+2"])
    }

    @Test func whatCanNotBeReadIsNamedAndTheRestIsPlanned() {
        let constraints = PlanConstraints(
            maxRead: [.holding: 8], readable: [.holding: [0...9, 20...99]], forbidden: [.holding: [30...31]])
        let items = [point(0), point(9), point(12), point(29), point(40, 9), point(50)]
        let (plan, problems) = ReadPlanner(constraints: constraints, line: .tcp, latency: .zero).plan(items)
        #expect(plan.description == "03 0x0000+2, 03 0x0032+2")
        #expect(
            problems.map(\.reason) == [
                .notReadable(9...10), .notReadable(12...13), .forbidden(29...30), .tooWide(count: 9, maxRead: 8),
            ])
        #expect(problems.map(\.points) == [["at9"], ["at12"], ["at29"], ["at40"]])
        #expect(
            problems[2].description
                == "at29: holding 29..30 covers a forbidden address; move the point or narrow `forbidden`")
    }

    @Test func addressesEndAt65535() {
        #expect(plan([point(0xFFFF, 1), point(0xFFF0)]) == ["03 0xFFF0+16"])
        #expect(problems([point(0xFFFF, 2)]).map(\.reason) == [.noSuchAddress(address: 0xFFFF, count: 2)])
        #expect(problems([point(-1, 2)]).map(\.reason) == [.noSuchAddress(address: -1, count: 2)])
        #expect(problems([point(5, 0)]).map(\.reason) == [.noSuchAddress(address: 5, count: 0)])
        #expect(problems([point(Int.max, Int.max), point(3, Int.max), point(Int.min)]).count == 3)
    }

    @Test func longTextIsCutOnlyWhereAllowed() {
        let constraints = PlanConstraints(maxRead: [.holding: 32])
        #expect(
            plan([point(100, 70, divisible: true), point(172)], constraints)
                == ["03 0x0064+32", "03 0x0084+32", "03 0x00A4+10"])
        #expect(plan([point(100, 32, divisible: true)], constraints) == ["03 0x0064+32"])
        #expect(problems([point(100, 70)], constraints).count == 1)
    }

    @Test func overlappingPointsShareARequestUnlessTheyAreTooLongTogether() {
        // 0..4 and 4..9 would be two requests only, but 3..4 and 4..6 share an address and stay together.
        let overlapping = [point(0, 3), point(3, 2), point(4, 3), point(7, 3)]
        #expect(
            plan(overlapping, .init(maxRead: [.holding: 6])) == ["03 0x0000+3", "03 0x0003+4", "03 0x0007+3"])
        let five = PlanConstraints(maxRead: [.holding: 5])
        #expect(plan([point(0, 4), point(3, 4)], five) == ["03 0x0000+4", "03 0x0003+4"])
    }

    @Test func atomicPointsStayInOneRequest() {
        // Cheaper apart: 60 registers between cost more than a request.
        let pair = [point(10, atomic: "energy"), point(70, atomic: "energy")]
        #expect(plan(pair) == ["03 0x000A+62"])
        #expect(plan(pair, .init(merging: false)) == ["03 0x000A+62"])
        let tooWide = problems(pair, .init(maxRead: [.holding: 40]))
        #expect(tooWide.map(\.reason) == [.tooWide(count: 62, maxRead: 40)])
        #expect(tooWide.first?.points == ["at10", "at70"])
        #expect(
            problems(pair, .init(readable: [.holding: [0...20, 60...80]])).map(\.reason) == [.atomicApart("energy")])
        #expect(problems(pair, .init(bridging: false)).map(\.reason) == [.atomicGap("energy", 12...69)])
        let scattered = [point(10, atomic: "energy"), point(12, 2, .input, atomic: "energy")]
        #expect(problems(scattered).map(\.reason) == [.atomicApart("energy"), .atomicApart("energy")])
    }

    @Test func anAtomicGapFilledByOtherPointsNeedsNoBridging() {
        let points = [point(10, atomic: "a"), point(12), point(14, atomic: "a")]
        #expect(plan(points, .init(bridging: false)) == ["03 0x000A+6"])
    }

    @Test func bitFieldsOfOneRegisterShareItsRequestEvenWithoutMerging() {
        let fields = [point(1004), point(1004), point(1005, 1), point(1006)]
        #expect(plan(fields, .init(merging: false)) == ["03 0x03EC+2", "03 0x03EE+2"])
    }

    @Test func barriersAreNotBridgedButPointsOnThemAreRead() {
        let constraints = PlanConstraints(barriers: [.holding: [5]])
        #expect(plan([point(2), point(8)], constraints) == ["03 0x0002+2", "03 0x0008+2"])
        #expect(plan([point(2), point(4), point(8)], constraints) == ["03 0x0002+8"])
        #expect(plan([point(2), point(8)], .init(borders: [.holding: [4]])) == ["03 0x0002+2", "03 0x0008+2"])
        #expect(plan([point(2), point(4)], .init(borders: [.holding: [4]])) == ["03 0x0002+2", "03 0x0004+2"])
    }

    @Test func limitsBeyondTheStandardAreNotUsed() {
        #expect(
            problems([point(0, 126)], .init(maxRead: [.holding: 250])).map(\.reason) == [
                .tooWide(count: 126, maxRead: 125)
            ])
        #expect(plan([point(0, 2000, .coil)]) == ["01 0x0000+2000"])
    }

    @Test func twoHundredPointsArePlannedQuickly() {
        let items = (0..<200).map { point($0 * 3, 2) }
        let clock = ContinuousClock()
        let planner = ReadPlanner(line: .serial(9600, .none), latency: .milliseconds(30))
        let fastest = (0..<5).map { _ in clock.measure { _ = planner.plan(items) } }.min()
        #expect(fastest.map { $0 < .milliseconds(200) } == true)
        // 598 registers in requests of at most 125: five, and none shorter than needed.
        #expect(planner.plan(items).plan.entries.count == 5)
    }

    @Test func nothingToReadIsAnEmptyPlan() {
        #expect(plan([]) == [])
        #expect(ReadPlanner(line: .tcp, latency: .zero).plan([]).plan.time == .zero)
    }
}
