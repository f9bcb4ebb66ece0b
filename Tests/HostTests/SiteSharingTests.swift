import DriverAPI
import Testing

@testable import Host

/// The keys that say how a site shares and what limits it.
@Suite struct SiteSharingTests {
    private func read(_ text: String) -> (site: Site?, problems: [String]) {
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    private let site = """
        schema: site/1
        name: Nord
        supply: {limit: 35 A, meter: grid, meter_lost: 20 A}
        circuits:
          - {id: basement, limit: 32 A, max_evse_power: 11 kW}
        devices:
          - {id: a, profile: keba.p30, address: 10.0.0.1, mode: min+surplus, minimum: 8 A, maximum: 12 A, phases: 1,
             failsafe: {current: 6 A, timeout: 2 min}, phase_switching: false}
          - {id: b, profile: keba.p30, address: 10.0.0.2, failsafe: keep}
          - {id: grid, profile: eastron.sdm630, address: 10.0.0.3, role: grid}
        load_management:
          turn: 10 min
          reclaim: {after: 90 s, margin: 2 A}
          surplus: {start: 30 s, stop: 5 min}
          phase_switching: {up: 120 s, down: 60 s, apart: 20 min, per_car: 4, when_crowded: true}
        limits:
          - {id: relay, kind: dimming, input: grid.x_relay, active: low, power: shared, when_lost: free}
          - {id: house, kind: operator, input: a.grid_limit, power: 4.2 kW, circuit: basement}
        shutdown: fallback
        recordings: 64 MiB
        """

    @Test func everyKeyIsUnderstood() throws {
        let (found, problems) = read(site)
        #expect(problems == [])
        let site = try #require(found)
        #expect(site.circuits[0].maxEVSEPower == 11_000)
        #expect(
            site.devices[0].box
                == SiteBox(
                    mode: .minSurplus, minimum: 8, maximum: 12, phases: 1,
                    failsafe: FailSafe(current: .fixed(6), timeout: .seconds(120)), switchesPhases: false))
        #expect(site.devices[1].box.failsafe.isKept)
        #expect(
            site.sharing
                == SharingRules(
                    turn: .seconds(600), reclaimAfter: .seconds(90), reclaimMargin: 2, surplusStart: .seconds(30),
                    surplusStop: .seconds(300),
                    switching: .init(
                        up: .seconds(120), down: .seconds(60), apart: .seconds(1200), perCar: 4, isForCrowding: true)))
        #expect(site.limits.map(\.power) == [.shared, .fixed(4200)])
        #expect(site.limits.map(\.isActiveLow) == [true, false])
        #expect(site.limits.map(\.isActiveWhenLost) == [false, true])
        #expect(site.limits[0].device == "grid" && site.limits[0].point == "x_relay")
        #expect(site.shutdown == .fallback)
        #expect(site.recordings == RecordingLimits(segments: 64, bytes: 1_048_576))
    }

    @Test func listsOfProfilesAreFetchedDailyUnlessSaidOtherwise() throws {
        #expect(try #require(read(site).site).listPeriod == .seconds(86_400))
        let often = read(site.replacing("recordings: 64 MiB", with: "fetch_lists: 6 h"))
        #expect(often.problems == [] && often.site?.listPeriod == .seconds(21_600))
        let never = read(site.replacing("recordings: 64 MiB", with: "fetch_lists: never"))
        #expect(never.problems == [] && never.site != nil && never.site?.listPeriod == nil)
        for wrong in ["daily", "5 min", "31 day", "-1 h", "6", "[6 h]"] {
            let (site, problems) = read(site.replacing("recordings: 64 MiB", with: "fetch_lists: \(wrong)"))
            #expect(site == nil && problems.count == 1, "\(wrong): \(problems)")
            #expect(problems.allSatisfy { $0.contains("fetch_lists") }, "\(problems)")
        }
    }

    @Test func theFlightRecorderCanBeBoundAndSwitchedOff() throws {
        let plain = site.replacing("recordings: 64 MiB", with: "")
        #expect(try #require(read(plain).site).recordings == RecordingLimits(segments: 16, bytes: 1_048_576))
        let off = read(site.replacing("64 MiB", with: "off"))
        #expect(off.problems == [] && off.site != nil && off.site?.recordings == nil)
        // Two segments at least, so that one is whole while the other is written.
        let least = try #require(read(site.replacing("64 MiB", with: "1 MiB")).site)
        #expect(least.recordings == RecordingLimits(segments: 2, bytes: 524_288))
        for wrong in ["64", "64 MB", "0 MiB", "10001 MiB", "-1 MiB", "1.5 MiB", "[64 MiB]"] {
            let (site, problems) = read(site.replacing("64 MiB", with: wrong))
            #expect(site == nil && problems.count == 1, "\(wrong): \(problems)")
            #expect(problems.allSatisfy { $0.hasPrefix("s.yaml:20:") && $0.contains("recordings") }, "\(problems)")
        }
    }

    @Test func rulesCanBeSwitchedOff() throws {
        let (found, problems) = read(
            site.replacing("turn: 10 min", with: "turn: off")
                .replacing("reclaim: {after: 90 s, margin: 2 A}", with: "reclaim: off")
                .replacing(
                    "phase_switching: {up: 120 s, down: 60 s, apart: 20 min, per_car: 4, when_crowded: true}",
                    with: "phase_switching: off"))
        #expect(problems == [])
        #expect(found?.sharing.turn == nil)
        #expect(found?.sharing.reclaimAfter == nil)
        #expect(found?.sharing.switching == nil)
    }

    @Test(arguments: [
        ("turn: 10 min", "turn: 10 s", "12:9 S003 load_management: turn must be from 60 s to 86400 s"),
        ("turn: 10 min", "turn: 10 W", "12:9 S003 load_management: turn needs a unit of"),
        ("input: grid.x_relay", "input: grid", "17:39 S003 limit relay: input \"grid\" must be DEVICE.POINT"),
        ("input: grid.x_relay", "input: gird.x_relay", "17:5 S042 limit relay: input \"gird\" is no device"),
        ("circuit: basement", "circuit: cellar", "18:5 S020 limit house: circuit \"cellar\" is unknown"),
        ("id: house", "id: relay", "18:5 S011 limit \"relay\" is there already, in line 17"),
        ("mode: min+surplus", "mode: sun", "7:57 S003 device a: mode \"sun\" is none of"),
        ("minimum: 8 A", "minimum: 5 A", "minimum 5 A is below 6 A"),
        ("maximum: 12 A", "maximum: 7 A", "maximum 7 A is below the minimum 8 A"),
        ("failsafe: keep", "failsafe: no", "failsafe must be keep or {current: 6 A, timeout: 60 s}"),
        ("shutdown: fallback", "shutdown: nothing", "shutdown \"nothing\" is none of leave, fallback, stop"),
        ("power: shared", "power: 4 A", "power needs a unit of"),
    ])
    func mistakesAreNamedWithTheirPlace(_ old: String, _ new: String, _ expected: String) {
        let problems = read(site.replacing(old, with: new)).problems
        #expect(problems.contains { $0.contains(expected) }, "\(problems)")
    }
}
