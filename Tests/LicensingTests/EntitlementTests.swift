import Testing

@testable import Licensing

@Suite struct EntitlementTests {
    @Test func threeAreFreeAndLicencesAddUp() {
        #expect(Vendor.entitlement([]).places == 3)
        let both = [Vendor.file(Vendor.licence("a", points: 2)), Vendor.file(Vendor.licence("b", points: 5))]
        #expect(Vendor.entitlement(both).places == 10)
    }

    @Test func aLicenceThatIsThereTwiceCountsOnce() {
        let file = Vendor.file(Vendor.licence(points: 2))
        let entitlement = Vendor.entitlement([file, file])
        #expect(entitlement.places == 5)
        #expect(entitlement.findings[1].standing == .refused(.repeated(id: "2026-0017")))
    }

    @Test func aLicenceForAnotherHostDoesNotCount() {
        #expect(Vendor.entitlement([Vendor.file(Vendor.licence(host: Vendor.host))]).places == 5)
        let other = Vendor.entitlement([Vendor.file(Vendor.licence(host: Vendor.otherHost))])
        #expect(other.places == 3)
        #expect(other.findings[0].standing == .refused(.otherHost(Vendor.otherHost)))
    }

    @Test(arguments: [(0, 5, 0), (10, 5, 0), (11, 5, 1), (40, 5, 1), (41, 3, 0)])
    func afterItsEndItCountsThirtyDaysWithAWarning(_ day: Int, _ places: Int, _ warnings: Int) {
        let entitlement = Vendor.entitlement([Vendor.file(Vendor.licence(ends: 10))], day: day)
        #expect(entitlement.places == places)
        #expect(entitlement.warnings.count == warnings)
    }

    @Test func whatIsIssuedTomorrowDoesNotCountToday() {
        let entitlement = Vendor.entitlement([Vendor.file(Vendor.licence(issued: 1))])
        #expect(entitlement.findings[0].standing == .refused(.notYet(Vendor.today.advanced(by: 1))))
        #expect(Vendor.entitlement([Vendor.file(Vendor.licence(issued: 1))], day: 1).places == 5)
    }

    @Test func settingTheClockBackRevivesNothing() {
        let file = Vendor.file(Vendor.licence(ends: 10))
        let late = Vendor.entitlement([file], day: 60)
        #expect(late.places == 3)
        let back = Vendor.entitlement([file], memory: late.memory, day: 0)
        #expect(back.places == 3)
        #expect(back.warnings.contains { $0.hasPrefix("the clock was set back") })
        // An hour is a clock that was corrected.
        let hour = Entitlement(
            .files([]), host: Vendor.host, keys: Vendor.keys, trial: nil, memory: late.memory,
            now: Vendor.noon(60) - 3600)
        #expect(hour.warnings.isEmpty)
    }

    @Test func theTrialIsFiveForNinetyDaysOnItsHost() {
        let trial = Trial(host: Vendor.host, started: Vendor.today)
        #expect(Vendor.entitlement([], trial: trial).places == 5)
        #expect(Vendor.entitlement([], trial: trial, day: 89).places == 5)
        #expect(Vendor.entitlement([], trial: trial, day: 90).places == 3)
        #expect(Vendor.entitlement([], trial: Trial(host: Vendor.otherHost, started: Vendor.today)).places == 3)
        // More than the trial gives is not made less by it.
        #expect(Vendor.entitlement([Vendor.file(Vendor.licence(points: 4))], trial: trial).places == 7)
    }

    @Test func whatCannotBeReadCountsSevenDaysMore() {
        let good = Vendor.entitlement([Vendor.file(Vendor.licence(points: 4))])
        func unreadable(_ day: Int, _ memory: LicenceMemory) -> Entitlement {
            Entitlement(
                .unreadable("Permission denied"), host: Vendor.host, keys: Vendor.keys, trial: nil, memory: memory,
                now: Vendor.noon(day))
        }
        #expect(unreadable(7, good.memory).places == 7)
        #expect(unreadable(7, good.memory).warnings.count == 1)
        #expect(unreadable(8, good.memory).places == 3)
        #expect(unreadable(0, LicenceMemory()).places == 3)
        // Looking again and again does not make it last longer.
        var memory = good.memory
        for day in 0...7 { memory = unreadable(day, memory).memory }
        #expect(unreadable(8, memory).places == 3)
        let oneOfTwo = Vendor.entitlement(
            [Vendor.file(Vendor.licence("b", points: 1)), nil], memory: good.memory, day: 3)
        #expect(oneOfTwo.places == 7)
    }

    @Test func oneBadFileDoesNotHurtTheOthers() {
        let files = [Array("{".utf8), Vendor.file(Vendor.licence(points: 2)), []]
        let entitlement = Vendor.entitlement(files)
        #expect(entitlement.places == 5)
        #expect(entitlement.findings.map(\.chargePoints) == [0, 2, 0])
    }
}
