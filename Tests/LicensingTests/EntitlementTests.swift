import Testing
import VendorKit

@testable import Licensing

@Suite struct EntitlementTests {
    private let vendor: TestVendor

    init() throws { vendor = try TestVendor() }

    @Test func threeAreFreeAndLicencesAddUp() {
        #expect(vendor.entitlement([]).places == 3)
        let both = [vendor.file(TestVendor.licence("a", points: 2)), vendor.file(TestVendor.licence("b", points: 5))]
        #expect(vendor.entitlement(both).places == 10)
    }

    @Test func aLicenceThatIsThereTwiceCountsOnce() {
        let file = vendor.file(TestVendor.licence(points: 2))
        let entitlement = vendor.entitlement([file, file])
        #expect(entitlement.places == 5)
        #expect(entitlement.findings[1].standing == .refused(.repeated(id: "2026-0017")))
    }

    @Test func aLicenceForAnotherHostDoesNotCount() {
        #expect(vendor.entitlement([vendor.file(TestVendor.licence(host: vendor.host))]).places == 5)
        let other = vendor.entitlement([vendor.file(TestVendor.licence(host: vendor.otherHost))])
        #expect(other.places == 3)
        #expect(other.findings[0].standing == .refused(.otherHost(vendor.otherHost)))
    }

    @Test(arguments: [(0, 5, 0), (10, 5, 0), (11, 5, 1), (40, 5, 1), (41, 3, 0)])
    func afterItsEndItCountsThirtyDaysWithAWarning(_ day: Int, _ places: Int, _ warnings: Int) {
        let entitlement = vendor.entitlement([vendor.file(TestVendor.licence(ends: 10))], day: day)
        #expect(entitlement.places == places)
        #expect(entitlement.warnings.count == warnings)
    }

    @Test func whatIsIssuedTomorrowDoesNotCountToday() {
        let entitlement = vendor.entitlement([vendor.file(TestVendor.licence(issued: 1))])
        #expect(entitlement.findings[0].standing == .refused(.notYet(TestVendor.today.advanced(by: 1))))
        #expect(vendor.entitlement([vendor.file(TestVendor.licence(issued: 1))], day: 1).places == 5)
    }

    @Test func settingTheClockBackRevivesNothing() {
        let file = vendor.file(TestVendor.licence(ends: 10))
        let late = vendor.entitlement([file], day: 60)
        #expect(late.places == 3)
        let back = vendor.entitlement([file], memory: late.memory, day: 0)
        #expect(back.places == 3)
        #expect(back.warnings.contains { $0.hasPrefix("the clock was set back") })
        // An hour is a clock that was corrected.
        let hour = Entitlement(
            .files([]), host: vendor.host, keys: vendor.keys, trial: nil, memory: late.memory,
            now: TestVendor.noon(60) - 3600)
        #expect(hour.warnings.isEmpty)
    }

    @Test func theTrialIsFiveForNinetyDaysOnItsHost() {
        let trial = Trial(host: vendor.host, started: TestVendor.today)
        #expect(vendor.entitlement([], trial: trial).places == 5)
        #expect(vendor.entitlement([], trial: trial, day: 89).places == 5)
        #expect(vendor.entitlement([], trial: trial, day: 90).places == 3)
        #expect(vendor.entitlement([], trial: Trial(host: vendor.otherHost, started: TestVendor.today)).places == 3)
        // More than the trial gives is not made less by it.
        #expect(vendor.entitlement([vendor.file(TestVendor.licence(points: 4))], trial: trial).places == 7)
    }

    @Test func whatCannotBeReadCountsSevenDaysMore() {
        let good = vendor.entitlement([vendor.file(TestVendor.licence(points: 4))])
        func unreadable(_ day: Int, _ memory: LicenceMemory) -> Entitlement {
            Entitlement(
                .unreadable("Permission denied"), host: vendor.host, keys: vendor.keys, trial: nil, memory: memory,
                now: TestVendor.noon(day))
        }
        #expect(unreadable(7, good.memory).places == 7)
        #expect(unreadable(7, good.memory).warnings.count == 1)
        #expect(unreadable(8, good.memory).places == 3)
        #expect(unreadable(0, LicenceMemory()).places == 3)
        // Looking again and again does not make it last longer.
        var memory = good.memory
        for day in 0...7 { memory = unreadable(day, memory).memory }
        #expect(unreadable(8, memory).places == 3)
        let oneOfTwo = vendor.entitlement(
            [vendor.file(TestVendor.licence("b", points: 1)), nil], memory: good.memory, day: 3)
        #expect(oneOfTwo.places == 7)
    }

    @Test func oneBadFileDoesNotHurtTheOthers() {
        let files = [Array("{".utf8), vendor.file(TestVendor.licence(points: 2)), []]
        let entitlement = vendor.entitlement(files)
        #expect(entitlement.places == 5)
        #expect(entitlement.findings.map(\.chargePoints) == [0, 2, 0])
    }
}
