import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

@testable import Simulator

@Suite struct SimulatedSiteTests {
    /// A meter with 32-bit registers: W, 0.01 A, Wh.
    static var meterProfile: DeviceProfile {
        let power = Make.rule(.number(.W), unit: .W)
        let current = Make.rule(.number(.A), unit: .A, scale: Exact(1, over: 100) ?? 1)
        let energy = Make.rule(.number(.Wh), unit: .Wh)
        return DeviceProfile(
            id: "test.meter", version: [1, 0, 0], deviceClass: .meter, title: LocalizedText("Meter"),
            points: [
                Make.point("power", at: 0, type: .s32, power),
                Make.point("power.l1", at: 2, type: .s32, power),
                Make.point("power.l2", at: 4, type: .s32, power),
                Make.point("power.l3", at: 6, type: .s32, power),
                Make.point("current.l1", at: 8, type: .u32, current),
                Make.point("current.l2", at: 10, type: .u32, current),
                Make.point("current.l3", at: 12, type: .u32, current),
                Make.point("energy_import", at: 14, type: .u32, energy),
                Make.point("energy_export", at: 16, type: .u32, energy),
            ])
    }

    static func meter() -> SimulatedDevice { SimulatedDevice(profile: meterProfile, fixture: Fixture()) }

    static func box(phases: Int) -> SimulatedDevice {
        var fixture = Make.charging
        fixture.words[.holding]?.merge([8083: 0, 8084: 0]) { $1 }
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: fixture)
        box.connect(nil, at: .zero)
        box.connect(SimulatedCar(maximum: 10_000, phases: phases), at: .zero)
        return box
    }

    @Test func theGridMeterShowsBoxesByTheirWiring() throws {
        let meter = Self.meter()
        let wiring = try #require(PhaseWiring("231"))
        let site = SimulatedSite(
            boxes: [
                .init(id: "a", device: Self.box(phases: 1), wiring: wiring),
                .init(id: "b", device: Self.box(phases: 3)),
            ], meters: [.init(device: meter, place: .grid)], house: .none, start: .zero)
        site.advance(to: Make.seconds(10))
        // Box a draws on terminal L1, which lies on supply phase L2.
        #expect(meter.number("current.l1", at: 10) == 10)
        #expect(meter.number("current.l2", at: 10) == 20)
        #expect(meter.number("current.l3", at: 10) == 10)
        #expect(meter.number("power", at: 10) == 9200)
    }

    @Test func moreSunThanLoadIsExported() {
        let meter = Self.meter()
        let house = HouseProfile(base: 0, hump: 0, appliance: 0)
        let site = SimulatedSite(
            boxes: [], meters: [.init(device: meter, place: .grid)], house: house, sun: Sun(peak: 6000, clouds: 0),
            hour: 12, start: .zero)
        site.advance(to: Make.seconds(1))
        #expect(meter.number("power", at: 1).map { $0 >= -6000 && $0 <= -5990 } == true)
        #expect(meter.number("energy_import", at: 1) == 0)
        for second in 2...3600 { site.advance(to: Make.seconds(Double(second))) }
        // The hour after noon of a half sine over 12 h: 6000 W × 12 h / π × sin 15° = 5932 Wh.
        #expect(meter.number("energy_export", at: 3600).map { $0 >= 5900 && $0 <= 5960 } == true)
    }

    @Test func theSameSeedGivesTheSameDay() {
        let day = stride(from: 0.0, to: 86400, by: 300).map { HouseProfile(seed: 5).power(phase: 1, second: $0) }
        let again = stride(from: 0.0, to: 86400, by: 300).map { HouseProfile(seed: 5).power(phase: 1, second: $0) }
        let other = stride(from: 0.0, to: 86400, by: 300).map { HouseProfile(seed: 6).power(phase: 1, second: $0) }
        #expect(day == again)
        #expect(day != other)
        #expect(day.allSatisfy { (120...4000).contains($0) })
    }

    @Test func theDayMayRunFasterThanTheDevices() {
        let site = SimulatedSite(boxes: [], hour: 6, speed: 60, start: .zero)
        #expect(site.second(at: Make.seconds(60)) == 7 * 3600)
    }

    @Test func atNightTheSunGivesNothingAndCloudsTakeTheirShare() {
        #expect(Sun(peak: 5000, clouds: 0).power(second: 3 * 3600) == 0)
        #expect(Sun(peak: 5000, clouds: 0).power(second: 12 * 3600) == 5000)
        #expect(Sun(peak: 5000, clouds: 50).power(second: 12 * 3600) >= 2500)
        #expect(Sun(peak: 5000, clouds: 50).power(second: 12 * 3600) < 5000)
    }

    @Test func wiringNamesEveryPhaseOnce() {
        #expect(PhaseWiring("123") == .straight)
        #expect(PhaseWiring("122") == nil)
        #expect(PhaseWiring("1234") == nil)
        #expect(PhaseWiring("abc") == nil)
    }
}
