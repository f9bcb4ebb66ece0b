import DriverAPI
import Testing

@testable import Modbus

@Suite struct LoadMeterTests {
    private func at(_ milliseconds: Int) -> MonotonicTime {
        MonotonicTime.zero.advanced(by: .milliseconds(1_000_000 + milliseconds))
    }

    @Test func aLineThatWasNeverUsedHasNoLoad() {
        #expect(LoadMeter().load(at: at(0)) == 0)
    }

    @Test func loadIsTheOccupiedPartSinceTheFirstTraffic() {
        var meter = LoadMeter()
        meter.note(from: at(0), to: at(300))
        meter.note(from: at(700), to: at(800))
        // 0.4 s of 2 s.
        #expect(abs(meter.load(at: at(2000)) - 0.2) < 1e-9)
    }

    @Test func whatIsOlderThanAMinuteIsForgotten() {
        var meter = LoadMeter()
        meter.note(from: at(0), to: at(10_000))
        #expect(meter.load(at: at(10_000)) == 1)
        // The last of its portions (5 s) leaves the minute.
        #expect(meter.load(at: at(70_000)) == 0)
        meter.note(from: at(100_000), to: at(101_000))
        // 1 s of the 11 portions before and the one that has just begun.
        #expect(abs(meter.load(at: at(101_000)) - 1.0 / 56) < 1e-9)
        #expect(meter.load(at: at(1_000_000)) == 0)
    }

    @Test func aLongWaitIsSpreadOverItsPortions() {
        var meter = LoadMeter()
        meter.note(from: at(0), to: at(120_000))
        #expect(meter.load(at: at(120_000)) == 1)
        // Half of the minute that ends here was waiting: portions 5 s to 10 s before it count as a whole.
        #expect(abs(meter.load(at: at(150_000)) - 25.0 / 55) < 1e-9)
    }
}
