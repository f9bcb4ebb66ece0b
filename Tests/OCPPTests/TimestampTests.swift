import Testing

@testable import OCPP

@Suite struct TimestampTests {
    /// Moments from `date -u -d … +%s`.
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T08:30:00Z", 1_795_249_800_000),
        ("2024-02-29T23:59:59.5Z", 1_709_251_199_500), ("2026-11-21T10:30:00+02:00", 1_795_249_800_000),
        ("2026-11-21T03:00:00-05:30", 1_795_249_800_000), ("2026-11-21T08:30:00", 1_795_249_800_000),
        ("2026-11-21T08:30:00.123456789Z", 1_795_249_800_123), ("2026-11-21 08:30:00z", 1_795_249_800_000),
        ("2026-11-21T08:30Z", 1_795_249_800_000), ("2026-11-21T09:30:00+0100", 1_795_249_800_000),
        ("2026-11-21T08:29:60Z", 1_795_249_800_000), ("1969-12-31T23:59:59.999Z", -1),
        ("2000-03-01T00:00:00.05Z", 951_868_800_050),
    ])
    func everyFormPeersSendIsTaken(text: String, milliseconds: Int) {
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "now", "2026-11-21", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-21T24:00:00Z",
        "2026-11-21T08:60:00Z", "2026-11-21T08:30:61Z", "2026-11-21T08:30:00.Z", "2026-11-21T08:30:00+1",
        "2026-11-21T08:30:00Zx", "1795249800", "2026-11-31T00:00:00Z", "2026-00-10T00:00:00Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ])
    func whatIsNoMomentIsRefused(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_795_249_800_000, "2026-11-21T08:30:00Z"),
        (1_795_249_800_007, "2026-11-21T08:30:00.007Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00Z"),
    ])
    func itIsSentAsUTCWithMillisecondsOnlyWhenThereAreAny(milliseconds: Int, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
    }

    @Test func everyDayOfEightCenturiesComesBack() {
        for day in stride(from: -146_097, through: 146_097, by: 1) {
            let moment = Timestamp(seconds: day * 86_400)
            #expect(Timestamp(moment.description) == moment)
        }
    }
}
