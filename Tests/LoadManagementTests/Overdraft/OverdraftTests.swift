import LoadManagement
import TestTools
import Testing

/// What was passed for longer than the chain of reaction is cut off for five minutes.
struct OverdraftTests {
    /// 16 A, a house of 6 A: the box is told 10 A and draws 0.9 A more, which is within its tolerance.
    @Test func whatACarDrawsTooMuchIsCutForFiveMinutes() throws {
        var site = try metered(fuse: 16_000)
        let told = (0...420).map { run(&site, $0, house: 6000, more: 900) }
        let first = try #require(told.firstIndex { $0 == 9100 })
        #expect((42...60).contains(first), "after the chain of 40 s, not at once: \(first) s")
        #expect(told[30] == 10_000)
        #expect(told[first..<first + 300].allSatisfy { $0 == 9100 })
        #expect(told[first + 300] == 10_000)
        let orders = zip(told[20...], told[21...]).filter { $0 != $1 }.count
        #expect(orders <= 4)
    }

    @Test func whatIsCutIsShownWithItsEnd() throws {
        var site = try metered(fuse: 16_000)
        for time in 0...39 { _ = run(&site, time, house: 6000, more: 900) }
        var shown: [Overdraft] = []
        for time in 40...80 {
            _ = run(&site, time, house: 6000, more: 900)
            if shown.isEmpty, let decision { shown = decision(&site, time).overdrafts }
        }
        let cut = try #require(shown.first { $0.limit == .node("main", .l1) })
        #expect(cut.cut == 900)
        #expect(cut.until >= seconds(340) && cut.until <= seconds(380))
    }

    @Test func aHouseThatJumpsIsNoOverdraft() throws {
        var site = try metered(fuse: 16_000)
        for time in 0...200 {
            let told = run(&site, time, house: time < 100 ? 2000 : 8000, more: 0)
            if time > 130 { #expect(told == 8000, "\(time) s") }
        }
    }

    @Test func aHouseThatIsTooMuchAloneCutsNothing() throws {
        var site = try metered(fuse: 16_000)
        for time in 0...400 { _ = run(&site, time, house: 20_000, more: 0) }
        var told = 0
        for time in 401...460 { told = run(&site, time, house: 2000, more: 0) }
        #expect(told == 14_000)
    }

    /// Whatever goes on for hours, the cut settles and does not eat the circuit.
    @Test func theCutDoesNotGrowWithoutBound() throws {
        var site = try metered(fuse: 16_000)
        var random = SeededGenerator(seed: 3)
        var changes = 0
        var last = 0
        for time in 0...7200 {
            let more = Int.random(in: 600...900, using: &random)
            let told = run(&site, time, house: 6000, more: more)
            if time > 120 {
                #expect(told >= 8000, "\(time) s")
                changes += told == last ? 0 : 1
            }
            last = told
        }
        #expect(changes <= 150, "\(changes) orders in two hours")
    }

    @Test func aPowerThatIsPassedIsCutAndNamed() throws {
        var site = try metered(fuse: 63_000)
        site.budgets = [PowerLimit(milliwatts: 6_900_000, cause: .evse)]
        var told: [Int] = []
        var reason: Reason?
        for time in 0...100 {
            told.append(run(&site, time, house: 0, more: 900))
            reason = decision?(&site, time).boxes["a"]?.reason ?? reason
        }
        // 10 A are told, 10.9 A · 690 V = 7521 W are drawn, 621 W are cut: 6279 W / 690 V.
        #expect(told[35] == 10_000 && told[100] == 9100)
        #expect(reason == .budget(.overdraft))
    }

    @Test func theRuleCanBeSwitchedOff() throws {
        var site = try metered(fuse: 16_000)
        site.limits.overdraft.period = 0
        for time in 0...200 { #expect(run(&site, time, house: 6000, more: 900) == 10_000 || time < 20) }
    }

    private var decision: ((inout ScriptedSite, Int) -> Decision)? {
        { site, time in
            let snapshot = Snapshot(boxes: site.boxes, meters: site.meters, budgets: site.budgets)
            return LoadControl.step(snapshot, limits: site.limits, memory: site.memory, now: seconds(Double(time)))
                .decision
        }
    }

    private func metered(fuse: Int) throws -> ScriptedSite {
        let load = NodeLoad.metered(worst: nil)
        var site = try ScriptedSite(oneCircuit(fuse: fuse, boxes: ["a"], load: load, hasMeter: true))
        site.boxes = [BoxSnapshot(id: "a", state: .c)]
        return site
    }

    /// One second in which the box draws `more` than told; answers with what it is told then.
    private func run(_ site: inout ScriptedSite, _ time: Int, house: Int, more: Int) -> Int {
        let told = max(0, site.told["a"] ?? 0)
        let drawn = told > 0 ? told + more : 0
        site.measure(PhaseCurrents(each: house + drawn), time)
        site.tick(Double(time), drawn: ["a": drawn])
        return site.told["a"] ?? 0
    }
}
