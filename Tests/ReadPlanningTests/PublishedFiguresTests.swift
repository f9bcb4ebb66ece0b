import Testing

@testable import ReadPlanning

/// The figures of the planning model, computed by hand from t(N) = (13 + 2N) · tc + 2 · silence + L.
@Suite struct PublishedFiguresTests {
    struct Row: Sendable {
        var line: LineTiming
        var latency: Int
        var milliseconds: Int
        var requests: Int
    }

    private func figures(_ row: Row, _ change: (inout PlanConstraints) -> Void = { _ in }) -> PlanFigures {
        var constraints = SDM630.constraints
        change(&constraints)
        let planner = ReadPlanner(constraints: constraints, line: row.line, latency: .milliseconds(row.latency))
        let (plan, problems) = planner.plan(SDM630.all)
        #expect(problems.isEmpty)
        let figures = PlanFigures(plan, line: row.line, latency: .milliseconds(row.latency))
        #expect(figures.time == plan.time)
        return figures
    }

    @Test(arguments: [
        Row(line: .serial(9600, .none), latency: 10, milliseconds: 273, requests: 4),
        Row(line: .serial(9600, .none), latency: 30, milliseconds: 336, requests: 3),
        Row(line: .serial(9600, .none), latency: 60, milliseconds: 426, requests: 3),
        Row(line: .serial(19200, .even), latency: 30, milliseconds: 225, requests: 3),
        Row(line: .serial(115200, .none), latency: 5, milliseconds: 44, requests: 3),
        Row(line: .serial(38400, .none), latency: 30, milliseconds: 156, requests: 3),
        Row(line: .serial(2400, .none), latency: 30, milliseconds: 1053, requests: 4),
    ]) func theBestPlanOf30ValuesOfAnSDM630(row: Row) {
        let figures = figures(row)
        #expect(figures.requests.count == row.requests)
        #expect(figures.addresses == (row.requests == 4 ? 72 : 88))
        #expect(figures.time.roundedMilliseconds == row.milliseconds)
    }

    @Test(arguments: [
        Row(line: .serial(9600, .none), latency: 10, milliseconds: 1050, requests: 30),
        Row(line: .serial(9600, .none), latency: 30, milliseconds: 1650, requests: 30),
        Row(line: .serial(9600, .none), latency: 60, milliseconds: 2550, requests: 30),
        Row(line: .serial(19200, .even), latency: 30, milliseconds: 1312, requests: 30),
        Row(line: .serial(115200, .none), latency: 5, milliseconds: 299, requests: 30),
    ]) func onePointPerRequestCosts(row: Row) {
        let figures = figures(row) { $0.merging = false }
        #expect(figures.requests.count == 30)
        #expect(figures.addresses == 60)
        // 1312.8 and 299.3: the model's figures cut the fraction or round it.
        #expect(abs(figures.time / .milliseconds(1) - Double(row.milliseconds)) < 1)
    }

    @Test(arguments: [
        Row(line: .serial(9600, .none), latency: 10, milliseconds: 372, requests: 8),
        Row(line: .serial(9600, .none), latency: 30, milliseconds: 532, requests: 8),
        Row(line: .serial(9600, .none), latency: 60, milliseconds: 772, requests: 8),
        Row(line: .serial(19200, .even), latency: 30, milliseconds: 400, requests: 8),
        Row(line: .serial(115200, .none), latency: 5, milliseconds: 87, requests: 8),
    ]) func onlyTouchingPointsShareARequestWithoutBridging(row: Row) {
        let figures = figures(row) { $0.bridging = false }
        #expect(figures.requests.count == 8)
        #expect(figures.addresses == 60)
        #expect(figures.time.roundedMilliseconds == row.milliseconds)
    }

    @Test func fourRequestsTurnIntoThreeAtTwelveCharactersOfLatency() {
        // The gap of 16 registers costs 32 characters, a request 20 characters and the latency: equal at 12 (12.5 ms).
        let line = LineTiming.serial(9600, .none)
        let equal = line.character * 12
        #expect(plan(SDM630.all, SDM630.constraints, latency: equal).count == 3)
        #expect(plan(SDM630.all, SDM630.constraints, latency: equal - .nanoseconds(1)).count == 4)
    }

    /// g* = (20 tc + L) / 2 tc, above 19200 baud (13 tc + 3.5 ms + L) / 2 tc, and what is below it is bridged.
    @Test(arguments: [
        Row(line: .serial(2400, .none), latency: 30, milliseconds: 13, requests: 1),  // 13.6
        Row(line: .serial(9600, .none), latency: 2, milliseconds: 10, requests: 1),  // 10.96
        Row(line: .serial(9600, .none), latency: 10, milliseconds: 14, requests: 1),  // 14.8
        Row(line: .serial(9600, .none), latency: 30, milliseconds: 24, requests: 1),  // 24.4
        Row(line: .serial(9600, .none), latency: 60, milliseconds: 38, requests: 1),  // 38.8
        Row(line: .serial(19200, .even), latency: 30, milliseconds: 36, requests: 1),  // 36.2
        Row(line: .serial(38400, .none), latency: 30, milliseconds: 70, requests: 1),  // 70.8
        Row(line: .serial(115200, .none), latency: 5, milliseconds: 55, requests: 1),  // 55.5
    ]) func theWidestGapThatIsBridged(row: Row) {
        let widest = row.milliseconds
        let latency = Duration.milliseconds(row.latency)
        #expect(plan([point(0), point(2 + widest)], line: row.line, latency: latency).count == 1)
        #expect(plan([point(0), point(3 + widest)], line: row.line, latency: latency).count == 2)
    }

    @Test func overTCPEveryGapThatFitsIsBridged() {
        #expect(plan([point(0), point(123)], line: .tcp, latency: .milliseconds(1)) == ["03 0x0000+125"])
        #expect(plan([point(0), point(124)], line: .tcp, latency: .milliseconds(1)) == ["03 0x0000+2", "03 0x007C+2"])
    }

    @Test func theFastClassIsReadInTwoSmallRequests() {
        let fast = [6, 8, 10, 0x34].map { point($0, 2, .input) }
        let planner = ReadPlanner(line: .serial(9600, .none), latency: .milliseconds(30))
        let (plan, _) = planner.plan(fast)
        #expect(plan.description == "04 0x0006+6, 04 0x0034+2")
        #expect(plan.time.roundedMilliseconds == 118)
        let merged = planner.line.time(reading: 48, of: .input, latency: planner.latency)
        #expect(merged.roundedMilliseconds == 151)
    }

    @Test func twelveValuesTake189InsteadOf660Milliseconds() {
        let values = (Array(stride(from: 0, to: 0x12, by: 2)) + [0x34, 0x48, 0x4A]).map { point($0, 2, .input) }
        var planner = ReadPlanner(
            constraints: SDM630.constraints, line: .serial(9600, .none), latency: .milliseconds(30))
        #expect(planner.plan(values).plan.entries.count == 2)
        #expect(planner.plan(values).plan.time.roundedMilliseconds == 189)
        planner.constraints.merging = false
        #expect(planner.plan(values).plan.time.roundedMilliseconds == 660)
    }

    @Test func sixteenWallboxesFillALineOf9600Baud() {
        let planner = ReadPlanner(line: .serial(9600, .none), latency: .milliseconds(30))
        let figures = PlanFigures(planner.plan([point(0, 15)]).plan, line: planner.line, latency: planner.latency)
        #expect(figures.bytes == 43)
        #expect(figures.time.roundedMilliseconds == 82)
        #expect(abs(figures.share(period: .seconds(1), units: 16) - 1.31) < 0.01)
        #expect(abs(figures.share(period: .seconds(1)) - 0.082) < 0.001)
        #expect(figures.share(period: .zero) == .infinity)
    }

    @Test func bytesOfAnExchange() {
        #expect(LineTiming.serial(9600, .none).bytes(reading: 2, of: .holding) == 17)
        #expect(LineTiming.serial(9600, .none).bytes(reading: 9, of: .coil) == 15)
        #expect(LineTiming.tcp.bytes(reading: 2, of: .holding) == 25)
    }
}
