import LoadManagement
import Testing

/// `chargehost check`: what happens to the fuses when nobody manages the boxes.
struct LimitCheckTests {
    @Test func fallBackCurrentsThatFitTogetherWithTheHouseAreFine() throws {
        // 3 boxes at 6 A and a house of 17 A behind 35 A.
        #expect(LimitCheck.findings(try site(boxes: 3, fallback: 6000, house: 17_000)).isEmpty)
    }

    @Test func fallBackCurrentsThatPassAFuseAreAnErrorWithWhatWouldFit() throws {
        // 4 x 6 A + 17 A = 41 A > 35 A; 18 A are left for 4 boxes: 4.5 A each.
        let findings = LimitCheck.findings(try site(boxes: 4, fallback: 6000, house: 17_000))
        #expect(findings.count == 3 && findings.allSatisfy(\.isError))
        guard case .fallbackPassesLimit(let sum) = findings.first else {
            Issue.record("\(findings)")
            return
        }
        #expect(sum.node == "main" && sum.phase == .l1)
        #expect(sum.fallback == 24_000 && sum.limit == 35_000 && sum.house == 17_000)
        #expect(sum.fittingFallback == 4500)
        #expect(sum.fittingHouse == 11_000)
        #expect(findings[0].description.contains("4.5 A for each would fit"))
    }

    @Test func theReserveIsNotGivenAway() throws {
        var limits = try site(boxes: 3, fallback: 6000, house: 17_000)
        limits.tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 35_000), reserve: 100)])
        #expect(LimitCheck.findings(limits).count == 3)
    }

    @Test func aBoxWithoutAWatchdogCountsWithItsRatedCurrent() throws {
        var limits = try site(boxes: 2, fallback: nil, house: 10_000)
        #expect(LimitCheck.findings(limits).count == 3, "2 x 16 A + 10 A > 35 A")
        for box in limits.boxes.indices { limits.boxes[box].isUnattendedAccepted = true }
        let findings = LimitCheck.findings(limits)
        #expect(findings == [.unattended(box: "0", rated: 16_000), .unattended(box: "1", rated: 16_000)])
        #expect(findings.filter(\.isError).isEmpty)
    }

    @Test func everyCircuitAndPhaseIsLookedAt() throws {
        // Sub-circuit of 10 A with two one-phase boxes, both on supply phase L3: 12 A.
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 63_000)),
            CircuitNode(id: "garage", limit: PhaseCurrents(each: 10_000), parent: "main"),
        ])
        let watchdog = BoxAbility.Watchdog(timeout: seconds(30), fallback: 6000)
        let boxes = ["a", "b"].map {
            BoxSetup(
                id: $0, node: "garage", rotation: .r312,
                ability: BoxAbility(maximum: 16_000, terminals: PhaseSet(first: 1), watchdog: watchdog))
        }
        let findings = LimitCheck.findings(SiteLimits(tree: tree, boxes: boxes))
        guard case .fallbackPassesLimit(let sum) = findings.first, findings.count == 1 else {
            Issue.record("\(findings)")
            return
        }
        #expect(sum.node == "garage" && sum.phase == .l3 && sum.fallback == 12_000)
    }

    @Test func anUnknownHouseIsNamedButNoError() throws {
        var limits = try site(boxes: 3, fallback: 6000, house: 0)
        limits.loads = ["main": .metered(worst: nil)]
        let findings = LimitCheck.findings(limits)
        #expect(findings.count == 3 && findings.filter(\.isError).isEmpty)
        #expect(findings[0].description.contains("up to 17 A fit"))
    }

    @Test func theChainIsTheSumOfItsLinksForTheSlowestBox() throws {
        var limits = try site(boxes: 2, fallback: 6000, house: 10_000)
        limits.boxes[1].ability.pacing = seconds(5)
        let times = ReactionTimes(
            meterAge: ["main": seconds(1.5)], busRound: ["0": seconds(2), "1": seconds(0.5)],
            writeQueue: ["0": seconds(1)])
        // Box 0: 1.5 + 1 + 2 + 1 + 0 + 5 = 10.5 s; box 1: 1.5 + 1 + 0.5 + 0 + 5 + 5 = 13 s.
        var chains = LimitCheck.chains(limits, times)
        #expect(chains.map(\.slowestBox) == ["1"])
        #expect(chains.map(\.total) == [seconds(13)])
        // A box with a meter of its own brings 8 s of doubt.
        limits.boxes[0].ability.hasMeter = true
        chains = LimitCheck.chains(limits, times)
        #expect(chains.map(\.total) == [seconds(21)])
    }

    @Test func aCircuitWithoutAMeterHasTheChainOfItsBoxesAlone() throws {
        var limits = try site(boxes: 2, fallback: 6000, house: 10_000)
        limits.loads = [:]
        var times = ReactionTimes(meterAge: ["main": seconds(2)])
        times.busRound = [limits.boxes[0].id: seconds(3), limits.boxes[1].id: seconds(4)]
        #expect(LimitCheck.chains(limits, times).isEmpty)
        let chain = try #require(LimitCheck.allChains(limits, times).first)
        // A tick of 1 s, a round of 4 s, and 5 s for the car; these boxes take no time of their own.
        #expect(chain.total == seconds(10) && chain.meterAge == 0 && chain.doubt == 0)
        #expect(chain.slowestBox == limits.boxes[1].id)
    }

    @Test func aMeterOfUnknownAgeCountsWithTenSeconds() throws {
        let chains = LimitCheck.chains(try site(boxes: 1, fallback: 6000, house: 10_000), ReactionTimes())
        #expect(chains.map(\.total) == [seconds(10 + 1 + 5)])
        let old = ReactionTimes(meterAge: ["main": seconds(60)])
        #expect(LimitCheck.chains(try site(boxes: 1, fallback: 6000, house: 0), old).map(\.meterAge) == [seconds(10)])
    }

    private func site(boxes: Int, fallback: Int?, house: Int) throws -> SiteLimits {
        try oneCircuit(
            fuse: 35_000, boxes: (0..<boxes).map { "\($0)" }, load: .metered(worst: PhaseCurrents(each: house)),
            watchdog: fallback.map { .init(timeout: seconds(30), fallback: $0) })
    }
}
