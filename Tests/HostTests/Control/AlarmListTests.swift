import DriverAPI
import Testing

@testable import Host

@Suite struct AlarmListTests {
    @Test func aMatterIsShownOnceWithItsNewestText() {
        var alarms = AlarmList()
        alarms.add("a draws 17 A", matter: "a draws", at: MonotonicTime(seconds: 1))
        alarms.add("the clock is not set", at: MonotonicTime(seconds: 2))
        alarms.add("a draws 18 A", matter: "a draws", at: MonotonicTime(seconds: 3))
        #expect(alarms.texts(at: MonotonicTime(seconds: 4)) == ["a draws 18 A", "the clock is not set"])
    }

    @Test func whatWasNotSeenForTenMinutesGoes() {
        var alarms = AlarmList()
        alarms.add("a", at: MonotonicTime(seconds: 0))
        alarms.add("b", at: MonotonicTime(seconds: 60))
        #expect(alarms.texts(at: MonotonicTime(seconds: 600)) == ["a", "b"])
        #expect(alarms.texts(at: MonotonicTime(seconds: 601)) == ["b"])
    }

    @Test func aHundredAreKept() {
        var alarms = AlarmList()
        for number in 0..<150 { alarms.add("alarm \(number)", at: MonotonicTime(seconds: 1)) }
        let texts = alarms.texts(at: MonotonicTime(seconds: 1))
        #expect(texts.count == 100)
        #expect(texts.first == "alarm 50")
    }

    @Test func whatIsSettledGoesAtOnce() {
        var alarms = AlarmList()
        alarms.add("nothing is raised", matter: "store", at: MonotonicTime(seconds: 1))
        alarms.remove(matter: "store")
        #expect(alarms.texts(at: MonotonicTime(seconds: 1)) == [])
    }
}
