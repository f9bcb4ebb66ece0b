import OCPP
import Testing

@Suite("Station: meter values, 30 to 33")
struct MeterValuesTests {
    private static let values = [
        MeasuredValue(.currentImport, phase: .l1, 15.96, .amperes),
        MeasuredValue(.currentImport, phase: .l2, 0.25, .amperes),
        MeasuredValue(.powerActiveImport, 3680, .watts),
        MeasuredValue(.voltage, phase: .l1ToNeutral, 230.4, .volts),
    ]

    @Test("30: sampled values carry the transaction and Sample.Periodic, an interval apart; 0 turns them off")
    func sampledValues() {
        var site = TestStation()
        site.boot()
        site.set("MeterValueSampleInterval", "60")
        site.charge(energy: 1000)
        site.forgetAll()
        site.pass(.seconds(30))
        site.read(1, .c, energy: 1500)
        site.pass(.seconds(60))
        site.read(1, .c, energy: 2000)
        site.pass(.seconds(60))
        let open = site.station.transaction(of: 1)
        #expect(site.meterValues.map(\.transactionId) == [open?.id, open?.id])
        #expect(
            site.meterValues.map { $0.meterValue.first?.timestamp.seconds }
                == [60, 120].map { TestStation.start.seconds + $0 })
        let value = site.meterValues.first?.meterValue.first?.sampledValue
        #expect(
            value == [
                SampledValue(
                    value: "1500", context: .samplePeriodic, measurand: .energyActiveImportRegister,
                    unit: .wattHours)
            ])
        #expect(site.meterValues.last?.meterValue.first?.sampledValue.first?.value == "2000")
        site.set("MeterValueSampleInterval", "0")
        site.forgetAll()
        site.pass(.seconds(600))
        #expect(site.meterValues.isEmpty)
    }

    @Test(
        "31: clock-aligned values lie on multiples from midnight UTC, with every measurand, in transactions and outside"
    )
    func alignedValues() {
        var site = TestStation(startsAt: Timestamp(seconds: TestStation.start.seconds + 7))
        site.boot()
        site.set("ClockAlignedDataInterval", "20")
        site.set("MeterValueSampleInterval", "0")
        site.set("MeterValuesAlignedData", "Energy.Active.Import.Register,Current.Import.L1,Voltage.L1")
        site.charge(1)
        site.read(1, .c, energy: 1100, values: MeterValuesTests.values)
        site.forgetAll()
        site.pass(.seconds(60))
        let moments = site.meterValues.compactMap { $0.meterValue.first?.timestamp.seconds }
        #expect(moments == [20, 40, 60].map { TestStation.start.seconds + $0 })
        let value = site.meterValues.first?.meterValue.first?.sampledValue
        #expect(value?.map(\.context) == [.sampleClock, .sampleClock, .sampleClock])
        #expect(value?.map(\.measurand) == [.energyActiveImportRegister, .currentImport, .voltage])
        #expect(value?.map(\.value) == ["1100", "15.96", "230.4"])
        let outside = site.sent(MeterValuesRequest.self)
        #expect(outside.map(\.connectorId) == [2, 2, 2])
        #expect(outside.map(\.transactionId) == [nil, nil, nil])
    }

    @Test("31: an interval that does not divide the day begins anew at midnight")
    func alignedValuesBeginAtMidnight() {
        let lateEvening = Timestamp(seconds: 1_795_305_600 - 50)
        var site = TestStation([TestStation.box(1)], startsAt: lateEvening)
        site.boot()
        site.set("ClockAlignedDataInterval", "700")
        site.forgetAll()
        site.pass(.seconds(50))
        #expect(site.sent(MeterValuesRequest.self).count == 1)
        site.pass(.seconds(750))
        // 86,400 = 123 · 700 + 300: the last one of the day was 300 s before midnight.
        let moments = site.sent(MeterValuesRequest.self).compactMap { $0.meterValue.first?.timestamp.description }
        #expect(moments == ["2026-11-22T00:00:00Z", "2026-11-22T00:11:40Z"])
    }

    @Test("31: a clock that is set back does not silence the clock's values")
    func alignedValuesFollowTheClock() {
        var site = TestStation([TestStation.box(1)])
        site.boot()
        site.set("ClockAlignedDataInterval", "60")
        site.pass(.seconds(60))
        site.forgetAll()
        site.begin = site.begin.advanced(bySeconds: -3600)
        site.give(.tick)
        site.pass(.seconds(60))
        #expect(site.sent(MeterValuesRequest.self).count == 1)
    }

    @Test("32: StopTxnSampledData and StopTxnAlignedData end up in StopTransaction")
    func stopBearsItsData() {
        var site = TestStation()
        site.boot()
        site.set("MeterValueSampleInterval", "60")
        site.set("ClockAlignedDataInterval", "90")
        site.set("StopTxnSampledData", "Energy.Active.Import.Register")
        site.set("StopTxnAlignedData", "Power.Active.Import")
        site.charge(energy: 1000)
        site.read(1, .c, energy: 1200, values: MeterValuesTests.values)
        site.pass(.seconds(100))
        site.read(1, .c, energy: 1900, values: MeterValuesTests.values)
        site.give(.stop(connector: 1, .local))
        let data = site.stops.first?.transactionData ?? []
        let contexts = data.map { $0.sampledValue.first?.context }
        #expect(contexts == [.transactionBegin, .samplePeriodic, .sampleClock, .transactionEnd])
        #expect(data.map { $0.sampledValue.first?.value } == ["1000", "1200", "3680", "1900"])
        #expect(data.map { $0.timestamp.seconds - TestStation.start.seconds } == [0, 60, 90, 100])
    }

    @Test("32: without the keys StopTransaction bears no data")
    func stopBearsNothing() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.pass(.seconds(300))
        site.give(.stop(connector: 1, .local))
        #expect(site.stops.count == 1)
        #expect(site.stops.first?.transactionData == nil)
    }

    @Test("32: what a transaction began with is known after a restart too")
    func stopBearsTheBeginAfterARestart() {
        let open = OpenTransaction(
            id: 12, connector: 1, idTag: "TAG", start: TestStation.start.advanced(bySeconds: -500), meterStart: 100,
            meterLast: 900)
        var site = TestStation(
            memory: StationMemory(
                keys: ["StopTxnSampledData": "Energy.Active.Import.Register"], transactions: [open]))
        site.give(.tick)
        site.read(1, .c, energy: 950)
        site.give(.stop(connector: 1, .local))
        let data = site.stops.first?.transactionData ?? []
        #expect(data.map { $0.sampledValue.first?.value } == ["100", "950"])
        #expect(data.map { $0.timestamp.seconds - TestStation.start.seconds } == [-500, 0])
    }

    @Test func energyOfAnIntervalIsCountedFromTheValueBefore() {
        var site = TestStation()
        site.boot()
        site.set("MeterValuesSampledData", "Energy.Active.Import.Interval")
        site.charge(energy: 1000)
        for energy in [1300, 1300, 2000] {
            site.read(1, .c, energy: energy)
            site.pass(.seconds(60))
        }
        let values = site.meterValues.compactMap { $0.meterValue.first?.sampledValue.first?.value }
        #expect(values == ["300", "0", "700"])
    }

    @Test("33: while the backend is away the values of a transaction go on into the queue, an interval apart")
    func valuesOfTheGapAreQueued() {
        var site = TestStation()
        site.boot()
        site.charge()
        site.give(.disconnected)
        site.forgetAll()
        site.pass(.seconds(600))
        let moments = site.meterValues.compactMap { $0.meterValue.first?.timestamp.seconds }
        #expect(moments == (1...10).map { TestStation.start.seconds + $0 * 60 })
        #expect(site.calls.isEmpty)
    }

    @Test func phasesAndMeasurandsAreSelected() {
        var site = TestStation()
        site.boot()
        site.set("MeterValuesSampledData", "Current.Import,Power.Active.Import,Current.Offered,SoC")
        site.charge()
        site.read(1, .c, values: MeterValuesTests.values, offered: 10)
        site.forgetAll()
        site.pass(.seconds(60))
        let values = site.meterValues.first?.meterValue.first?.sampledValue ?? []
        #expect(values.map(\.phase) == [.l1, .l2, nil, nil])
        #expect(values.map(\.value) == ["15.96", "0.25", "3680", "10"])
        #expect(values.map(\.unit) == [.amperes, .amperes, .watts, .amperes])
    }

    @Test("a meter never goes backwards in a transaction: a box that reads 0 after a restart is waited for")
    func meterNeverGoesBack() {
        var site = TestStation()
        site.boot()
        site.charge(energy: 5000)
        site.read(1, .c, energy: 6000)
        site.forgetAll()
        site.read(1, .c, energy: 0)
        site.pass(.seconds(60))
        #expect(site.notices == [.meterWentBack(connector: 1, last: 6000, read: 0)])
        #expect(site.meterValues.first?.meterValue.first?.sampledValue.first?.value == "6000")
        site.read(1, .c, energy: 6500)
        site.read(1, .a, energy: 0)
        #expect(site.stops.map(\.meterStop) == [6500])
    }

    @Test("no transaction begins on the 0 of a box that has just restarted")
    func noStartOnAMeterThatWentBack() {
        var site = TestStation()
        site.boot()
        site.read(1, .a, energy: 9000)
        site.read(1, .b, energy: 0)
        site.present("TAG", 1)
        #expect(site.starts.isEmpty)
        #expect(site.notices.contains(.meterWentBack(connector: 1, last: 9000, read: 0)))
        site.read(1, .b, energy: 9000)
        #expect(site.starts.map(\.meterStart) == [9000])
    }

    @Test("a meter that reads less for a minute is another one")
    func exchangedMeterIsBelieved() {
        var site = TestStation()
        site.boot()
        site.read(1, .a, energy: 9000)
        site.read(1, .b, energy: 12)
        site.present("TAG", 1)
        site.pass(.seconds(30))
        site.read(1, .b, energy: 12)
        #expect(site.starts.isEmpty)
        site.pass(.seconds(30))
        site.present("TAG", 1)
        site.read(1, .b, energy: 12)
        #expect(site.starts.map(\.meterStart) == [12])
    }

    @Test("no transaction begins while the meter cannot be read")
    func noStartWithoutMeter() {
        var site = TestStation()
        site.boot()
        site.read(1, .b, energy: nil)
        site.present("TAG", 1)
        #expect(site.starts.isEmpty)
        #expect(site.notices.contains(.meterMissing(connector: 1)))
        site.read(1, .b, energy: 1234)
        #expect(site.starts.map(\.meterStart) == [1234])
    }

    @Test(arguments: [
        (0.0, "0"), (16.0, "16"), (15.96, "15.96"), (-0.5, "-0.5"), (0.0004, "0"), (2.0006, "2.001"),
        (1_234_567.1, "1234567.1"),
    ])
    func numbersAreDecimal(_ value: Double, _ text: String) {
        var site = TestStation()
        site.boot()
        site.set("MeterValuesSampledData", "Temperature")
        site.charge()
        site.read(1, .c, values: [MeasuredValue(.temperature, value, .celsius)])
        site.pass(.seconds(60))
        #expect(site.meterValues.first?.meterValue.first?.sampledValue.first?.value == text)
    }
}
