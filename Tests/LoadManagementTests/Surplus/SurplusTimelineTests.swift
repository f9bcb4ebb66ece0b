import Foundation
import LoadManagement
import Testing

/// The timelines of the scenario file that go by the surplus, exactly as they stand there.
struct SurplusTimelineTests {
    /// T6: start after 60 s, at its minimum for 180 s when there is too little, then off.
    @Test func aBoxStartsAndStopsWithTheSurplus() throws {
        let timeline = try Timeline.named("T6")
        var site = try sunny(switching: nil)
        for time in 0...800 {
            site.surplus = timeline.surplus(at: time)
            let decision = site.tick(Double(time))
            #expect(site.told["a"] == timeline.told(at: time), "\(time) s")
            if time == 30 || time == 700 { #expect(decision.boxes["a"]?.reason == .budget(.surplus)) }
        }
    }

    /// T7: up after 300 s, down after 180 s, 600 s apart, 10 s of pause.
    @Test func aBoxIsSwitchedWithTheSurplus() throws {
        let timeline = try Timeline.named("T7")
        var site = try sunny(switching: PhaseSwitching())
        for time in 0...1800 {
            site.surplus = timeline.surplus(at: time)
            let decision = site.tick(Double(time))
            let box = try #require(decision.boxes["a"])
            #expect(site.told["a"] == timeline.told(at: time), "\(time) s")
            let isOff = box.target == 0 && !box.isSwitching
            #expect((isOff ? 0 : box.terminals.count) == timeline.phases(at: time), "\(time) s")
            if let order = site.orders.first, order.value > 0 { #expect(order.terminals == box.terminals) }
        }
    }

    /// Every change of terminals is a stop of its own, given when the stop before it is confirmed and the car has had its time.
    @Test func aBoxIsNeverSwitchedUnderLoad() throws {
        let timeline = try Timeline.named("T7")
        var site = try sunny(switching: PhaseSwitching())
        var last = try #require(site.memory.bookings["a"]?.lastTold.map { ($0.value, $0.terminals) })
        var switches: [Int: PhaseSet] = [:]
        for time in 0...1800 {
            site.surplus = timeline.surplus(at: time)
            let booked = site.memory.bookings["a"]?.current(at: seconds(Double(time))).largest ?? 0
            site.tick(Double(time))
            for order in site.orders {
                if last.1 != order.terminals {
                    switches[time] = order.terminals
                    #expect(order.value == 0 && last.0 == 0 && booked == 0, "\(time) s")
                }
                last = (order.value, order.terminals)
            }
        }
        // At rest it is switched at once; stopped at 600 s, answered at 601 s, the car has its 5 s.
        #expect(switches == [0: PhaseSet(first: 1), 606: .all, 1206: PhaseSet(first: 1)])
    }

    private func sunny(switching: PhaseSwitching?) throws -> ScriptedSite {
        var limits = try oneCircuit(fuse: 32_000, boxes: ["a"])
        limits.boxes[0].ability.switching = switching
        var site = ScriptedSite(limits)
        site.boxes = [BoxSnapshot(id: "a", state: .c, mode: .surplus)]
        site.run(from: -30, through: -1)
        return site
    }
}

/// A timeline of the scenario file.
private struct Timeline: Decodable {
    struct File: Decodable { var timelines: [Timeline] }
    struct Parameters: Decodable { var surplusW: [[Int]]? }
    struct State: Decodable {
        var phases: Int?
        var a: Double?
    }
    struct Entry: Decodable {
        var from: Int
        var state: State
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            from = try container.decode(Int.self)
            state = try container.decode(State.self)
        }
    }

    var id: String
    var params: Parameters
    var timeline: [Entry]

    static func named(_ id: String) throws -> Timeline {
        let url = try #require(
            Bundle.module.url(forResource: "load-management", withExtension: "json", subdirectory: "Scenarios"))
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
        return try #require(file.timelines.first { $0.id == id })
    }

    func surplus(at time: Int) -> Int? { params.surplusW?.last { $0[0] <= time }.map { $0[1] * 1000 } }

    func told(at time: Int) -> Int? {
        timeline.last { $0.from <= time }?.state.a.map { Int(($0 * 1000).rounded()) }
    }

    func phases(at time: Int) -> Int? { timeline.last { $0.from <= time }?.state.phases }
}
