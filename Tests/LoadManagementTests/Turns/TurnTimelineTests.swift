import LoadManagement
import Testing

/// The timelines of the scenario file that are about turns and about what cars leave.
struct TurnTimelineTests {
    /// T1: three boxes, 12 A, a turn every 15 minutes; each gets 2.07 kWh at 6 A x 3 x 230 V in 45 minutes.
    @Test func ofThreeBoxesTwoChargeInTurn() throws {
        var site = try ScriptedSite(oneCircuit(fuse: 12_000, boxes: ["a", "b", "c"]))
        site.boxes = ["a", "b", "c"].enumerated().map { BoxSnapshot(id: $1, state: .a, queue: $0) }
        site.run(from: -30, through: -1)
        for place in site.boxes.indices { site.boxes[place].state = .c }
        var milliwattSeconds: [String: Int] = [:]
        for time in 0..<2700 {
            let decision = site.tick(Double(time))
            let expected: [String: Int] =
                switch time {
                case ..<900: ["a": 6000, "b": 6000, "c": 0]
                case ..<1800: ["a": 0, "b": 6000, "c": 6000]
                default: ["a": 6000, "b": 0, "c": 6000]
                }
            #expect(decision.boxes.mapValues(\.target) == expected, "\(time) s")
            // Who yields is stopped in the same second; the raise waits 1 s for the answer and 5 s for the car.
            if time % 900 >= 6 { #expect(site.told == expected, "\(time) s") }
            if time % 900 < 6, time >= 900 {
                #expect(site.told.values.sorted() == [0, 0, 6000], "\(time) s")
            }
            for (id, current) in site.told { milliwattSeconds[id, default: 0] += current * 3 * 230 }
        }
        // 2.07 kWh = 2,070,000 mWh, less 6 s of 4.14 kW for each start in the middle.
        for (id, energy) in milliwattSeconds { #expect((2_063_100...2_070_000).contains(energy / 3600), "\(id)") }
    }

    /// T11: a car that draws 5 A of its share; reclaimed after 60 s, given back when it wants more.
    @Test func whatACarLeavesIsGivenToOthersUntilItAsks() throws {
        var site = try ScriptedSite(oneCircuit(fuse: 25_000, boxes: ["a", "b"], hasMeter: true))
        site.boxes = ["a", "b"].enumerated().map { BoxSnapshot(id: $1, state: .a, queue: $0) }
        site.run(from: -30, through: -1)
        for place in site.boxes.indices { site.boxes[place].state = .c }
        for time in 0...220 {
            let told = site.told
            let drawn = ["a": min(told["a"] ?? 0, time > 150 ? 16_000 : 5000), "b": told["b"] ?? 0]
            let decision = site.tick(Double(time), drawn: drawn)
            let expected: [String: Int] =
                switch time {
                case ..<61: ["a": 12_500, "b": 12_500]
                case 61: ["a": 6000, "b": 12_500]
                case ..<151: ["a": 6000, "b": 16_000]
                // 9 A would be free at once beside the 16 A that b may still draw: one raise comes, when all of it is.
                case ..<157: ["a": 6000, "b": 12_500]
                default: ["a": 12_500, "b": 12_500]
                }
            #expect(site.told == expected, "\(time) s")
            if (61..<151).contains(time) {
                #expect(decision.boxes["a"]?.isReclaimed == true && decision.boxes["a"]?.reason == .max)
            }
        }
    }
}
