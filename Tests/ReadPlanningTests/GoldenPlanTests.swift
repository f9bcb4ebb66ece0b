import Testing

@testable import ReadPlanning

/// The plans that profiles in the library promise, with their points by hand.
@Suite struct GoldenPlanTests {
    @Test func powerBrainFast() {
        let constraints = PlanConstraints(
            maxRead: [.holding: 32],
            readable: [
                .holding: [8000...8023, 8040...8040, 8057...8069, 8080...8088, 8090...8113, 8120...8121]
            ])
        let fast = [point(8062), point(8064), point(8066), point(8068)] + (8092...8095).map { point($0, 1) }
        #expect(plan(fast, constraints) == ["03 0x1F7E+8", "03 0x1F9C+4"])
    }

    @Test func completeSweepOfAnSDM630() {
        #expect(
            plan(SDM630.all, SDM630.constraints, latency: .milliseconds(30))
                == ["04 0x0000+76", "04 0x00E0+2", "04 0x0156+10"])
        #expect(
            plan(SDM630.all, SDM630.constraints, latency: .milliseconds(2))
                == ["04 0x0000+36", "04 0x0034+24", "04 0x00E0+2", "04 0x0156+10"])
    }

    @Test func heidelbergFastAndSlow() {
        let constraints = PlanConstraints(
            readable: [.input: [4...18, 100...133, 200...203], .holding: [257...259, 261...262]])
        let line = LineTiming.serial(19200, .even)
        let fast = [5, 6, 7, 8, 14].map { point($0, 1, .input) }
        #expect(plan(fast, constraints, line: line) == ["04 0x0005+10"])
        let slow = [
            point(9, 1, .input), point(13, 1, .input), point(15, 2, .input), point(17, 2, .input), point(257, 1),
            point(262, 1),
        ]
        #expect(plan(slow, constraints, line: line) == ["03 0x0101+1", "03 0x0106+1", "04 0x0009+10"])
    }

    @Test func kebaReadsOneValuePerRequest() {
        let fast = [1000, 1004, 1008, 1010, 1012, 1020].map { point($0) }
        #expect(
            plan(fast, .init(merging: false), line: .tcp, latency: .milliseconds(20)) == [
                "03 0x03E8+2", "03 0x03EC+2", "03 0x03F0+2", "03 0x03F2+2", "03 0x03F4+2", "03 0x03FC+2",
            ])
    }

    @Test func benderBridgesNothing() {
        let constraints = PlanConstraints(
            readable: [.holding: [100...151, 200...227, 705...729, 1000...1000]],
            forbidden: [.holding: [730...746]], bridging: false)
        let fast = [
            point(104, 1), point(122, 1), point(212), point(214), point(216), point(220), point(1000, 1),
        ]
        #expect(
            plan(fast, constraints, line: .tcp, latency: .milliseconds(5))
                == ["03 0x0068+1", "03 0x007A+1", "03 0x00D4+6", "03 0x00DC+2", "03 0x03E8+1"])
    }
}
