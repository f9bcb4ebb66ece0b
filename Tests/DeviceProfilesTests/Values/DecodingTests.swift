import DeviceProfiles
import DriverAPI
import Testing

/// Values from the words of the language's examples, worked out by hand.
@Suite struct DecodingTests {
    // MARK: Power Brain

    @Test func powerBrainDecodes() throws {
        let state = point(kind: .member(["A", "B", "C", "D", "E", "F"])) {
            $0.entries = [
                row(0, .member("A")), row(1, .member("B")), row(2, .member("C")), row(3, .member("D")),
                row(4, .member("E")), row(5, .member("F")), row(9, .member("F")),
                .init(match: .other, value: .member("F")),
            ]
            $0.reasons = [(.integers(9...9), "dc-fault-current")]
        }
        #expect(state.decode([2]) == DecodedValue(.member("C"), reason: "none"))
        #expect(state.decode([9]) == DecodedValue(.member("F"), reason: "dc-fault-current"))
        #expect(state.decode([77]) == DecodedValue(.member("F"), reason: "none"))

        let current = point(.u32, kind: .number(.A)) { $0.scale = Exact(decimal: 1, places: 1) ?? 0 }
        #expect(current.decode([0, 159]).value == .number(try exact("15.9")))
        let power = point(.s32, kind: .number(.W)) { $0.invalid = [-1 ... -1] }
        #expect(power.decode([0, 11040]) == DecodedValue(.number(11040)))
        #expect(power.decode([0xFFFF, 0xFFFF]) == .noData)
        #expect(power.decode([0xFFFF, 0xFFFE]).value == .number(-2))
        #expect(point(.u64, kind: .number(.Wh)).decode([0, 0, 0x0012, 0xD687]).value == .number(1_234_567))
        let phases = point(kind: .number(.one)) { $0.entries = [row(0, .number(3)), row(1, .number(1))] }
        #expect(phases.decode([0]).value == .number(3))
        #expect(phases.decode([2]) == .noData)
        #expect(point(bits: 8...8, isSingleBit: true, kind: .bool).decode([0x0100]).value == .bool(true))
        #expect(point(.bool16, kind: .bool).decode([0]).value == .bool(false))
    }

    // MARK: SDM630

    @Test func sdm630ConvertsAndTurns() throws {
        #expect(point(.f32, kind: .number(.Wh), unit: .kWh).decode([0x4640, 0xE600]).value == .number(12_345_500))
        #expect(point(.f32, kind: .number(.Wh), unit: .kWh).decode([0x418A, 0]).value == .number(17250))
        let context = SampleContext().with(.option("current_direction"), .member(["normal", "reversed"]))
        let reversed = try parsed("option.current_direction == reversed", context)
        let power = point(.f32, kind: .number(.W)) { $0.invert = reversed }
        let words: [UInt16] = [0x45D6, 0x3000]
        #expect(
            power.decode(words, in: SampleScope(["option.current_direction": .member("normal")])).value == .number(6854)
        )
        #expect(
            power.decode(words, in: SampleScope(["option.current_direction": .member("reversed")])).value
                == .number(-6854))
        #expect(power.decode(words, in: SampleScope()) == .noData)
    }

    @Test func sdm630PhaseWithoutVoltageIsAbsent() throws {
        let condition = try parsed("value == 0 V", SampleContext().with(.value, .number(.voltage)))
        let voltage = point(.f32, kind: .number(.V)) { $0.absentWhen = condition }
        #expect(voltage.decode([0, 0]) == .absent)
        #expect(voltage.decode([0x4366, 0x8000]).value == .number(try exact("230.5")))
        #expect(voltage.decode([0x7FC0, 0]) == .noData)
    }

    // MARK: KEBA, Bender, go-e, Heidelberg

    @Test func kebaScalesMilliwatts() throws {
        #expect(point(.u32, kind: .number(.A), unit: .mA).decode([0, 15900]).value == .number(try exact("15.9")))
        let power = point(.u32, kind: .number(.W)) { $0.scale = Exact(decimal: 1, places: 3) ?? 0 }
        #expect(power.decode([0x00A8, 0x7500]).value == .number(11040))
        let energy = point(.u32, kind: .number(.Wh)) { $0.scale = Exact(decimal: 1, places: 1) ?? 0 }
        #expect(energy.decode([0x00BC, 0x614E]).value == .number(try exact("1234567.8")))
        #expect(point(.u32, bits: 2...2, isSingleBit: true, kind: .bool).decode([0, 7]).value == .bool(true))
        #expect(point(.u32, bits: 2...2, isSingleBit: true, kind: .bool).decode([0, 3]).value == .bool(false))
    }

    @Test func benderFlagsAndNoDataRows() {
        let errors = point(.u32, kind: .flags([0: "residual-current", 1: "contactor", 2: "temperature"]))
        #expect(errors.decode([0, 4]).value == .flags(["temperature"]))
        #expect(errors.decode([0, 5]).value == .flags(["residual-current", "temperature"]))
        #expect(errors.decode([1, 0]).value == .flags(["bit16"]))
        #expect(errors.decode([0, 0]).value == .flags([]))
        let phases = point(kind: .number(.one)) {
            $0.entries = [row(0, nil), row(1, .number(3)), row(5, .number(1))]
        }
        #expect(phases.decode([0]) == .noData)
        #expect(phases.decode([5]).value == .number(1))
    }

    @Test func goESessionInTenWattSecondsIsExactWattHours() {
        let energy = point(.u32, kind: .number(.Wh), unit: .Ws) { $0.scale = 10 }
        #expect(energy.decode([5, 32320]).value == .number(1000))
        #expect(energy.decode([0, 1]).value == .number(Exact(1, over: 360) ?? 0))
        let mode = point(kind: .member(["auto", "1", "3"])) {
            $0.entries = [row(0, .member("auto")), row(1, .number(1)), row(2, .number(3))]
        }
        #expect(mode.decode([2]).value == .number(3))
        #expect(mode.decode([0]).value == .member("auto"))
        let allowed = point(kind: .bool) {
            $0.entries = [row(0, .bool(true)), row(1, .bool(false)), row(2, .bool(true))]
        }
        #expect(allowed.decode([1]).value == .bool(false))
    }

    @Test func heidelbergRangesOffsetsAndNegatedLock() {
        let state = point(kind: .member(["A", "B"])) {
            $0.entries = [
                .init(match: .integers(2...3), value: .member("A")),
                .init(match: .integers(4...5), value: .member("B")),
            ]
        }
        #expect(state.decode([3]).value == .member("A"))
        #expect(state.decode([4]).value == .member("B"))
        #expect(state.decode([6]) == .noData)
        let lock = point(.bool16, kind: .bool) { $0.invert = .literal(.bool(true)) }
        #expect(lock.decode([1]).value == .bool(false))
        let temperature = point(.s16, kind: .number(.degC)) {
            $0.scale = Exact(decimal: 1, places: 1) ?? 0
            $0.offset = -50
        }
        #expect(temperature.decode([855]).value == .number(Exact(decimal: 355, places: 1) ?? 0))
    }

    // MARK: The steps in their order

    @Test func invalidLooksAtTheRawValueBeforeScale() {
        let point = point(kind: .number(.A), unit: .mA) {
            $0.invalid = [0...0, 0xFFF0...0xFFFF]
            $0.scale = 100
        }
        #expect(point.decode([0]) == .noData)
        #expect(point.decode([0xFFF5]) == .noData)
        #expect(point.decode([160]).value == .number(16))
    }

    @Test func invalidLooksAtTheFieldBehindBits() {
        let point = point(bits: 0...3, kind: .number(.one)) { $0.invalid = [15...15] }
        #expect(point.decode([0xABCF]) == .noData)
        #expect(point.decode([0xFFF1]).value == .number(1))
    }

    @Test func offsetCountsInTheUnitBehindScale() {
        let point = point(kind: .number(.W), unit: .kW) {
            $0.scale = Exact(decimal: 1, places: 1) ?? 0
            $0.offset = -2
            $0.invert = .literal(.bool(true))
        }
        #expect(point.decode([55]).value == .number(-3500))
    }

    @Test(arguments: [(Value.number(-2), "1.23"), (.number(0), "123"), (.number(3), "123000")] as [(Value, String)])
    func aScalePointGivesThePowerOfTen(exponent: Value, expected: String) throws {
        let point = point(kind: .number(.W)) { $0.scaleFrom = "x_scale" }
        #expect(point.decode([123], in: SampleScope(["x_scale": exponent])).value == .number(try exact(expected)))
    }

    @Test(arguments: [11, -11, -32768])
    func aScaleOutsideMinusTenToTenIsNoData(exponent: Int) {
        let point = point(kind: .number(.W)) { $0.scaleFrom = "x_scale" }
        #expect(point.decode([1], in: SampleScope(["x_scale": .number(Exact(exponent))])) == .noData)
        #expect(point.decode([1], in: SampleScope()) == .noData)
        #expect(point.decode([1], in: SampleScope().with("x_scale", .number(1), .stale)) == .noData)
    }

    @Test func numbersThatDoNotFitAreNoData() {
        let point = point(.u64, kind: .number(.W)) { $0.scale = Exact(integer: .max / 2) }
        #expect(point.decode([0, 0, 0, 9]) == .noData)
        #expect(point.decode([0, 0, 0, 1]).quality == .good)
    }

    @Test func textsAreRowsToo() {
        let point = point(.ascii, words: 2, kind: .member(["ready", "fault"])) {
            $0.entries = [
                .init(match: .text("RDY"), value: .member("ready")), .init(match: .other, value: .member("fault")),
            ]
        }
        #expect(point.decode([0x5244, 0x5900]).value == .member("ready"))
        #expect(point.decode([0x4552, 0x5200]).value == .member("fault"))
    }
}
