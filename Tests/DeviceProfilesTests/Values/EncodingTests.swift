import DeviceProfiles
import DriverAPI
import Testing

/// Words of writes, from the frames of the language's examples and by hand.
@Suite struct EncodingTests {
    private func writable(
        _ type: RawType = .u16, kind: ValueRule.Kind = .number(.A), unit: Unit? = nil, scale: String = "1",
        offset: Exact = 0, range: (low: Bound, high: Bound)? = nil, step: Exact? = nil,
        rounding: WriteRule.Rounding = .nearest, bits: ClosedRange<Int>? = nil,
        writeAs: [(value: Value, raw: Int128)] = [], _ change: (inout ValueRule) -> Void = { _ in }
    ) throws -> PointDefinition {
        let scale = try exact(scale)
        var write = WriteRule(
            function: 6, place: place(type, bits: bits), unit: unit, scale: scale, offset: offset, persist: .ram,
            range: range, step: step, rounding: rounding, writeAs: writeAs)
        var made = point(type, bits: bits, kind: kind, unit: unit) {
            $0.scale = scale
            $0.offset = offset
            change(&$0)
        }
        write.unit = made.value.unit
        made.write = write
        return made
    }

    private func refusal(_ body: () throws(WriteRefusal) -> EncodedWrite) -> WriteRefusal? {
        do {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    // MARK: Frames of the examples

    @Test func powerBrainLimit() throws {
        let range: (low: Bound, high: Bound) = (.fixed(6), .expression(try parsed("option.rated_current")))
        let limit = try writable(scale: "0.1", range: range, rounding: .down)
        let scope = SampleScope(["option.rated_current": .number(16)])
        #expect(try limit.encode(.number(10), in: scope) == EncodedWrite(words: [0x0064], value: .number(10)))
        #expect(
            try limit.encode(.number(exact("12.34")), in: scope)
                == EncodedWrite(words: [0x007B], value: .number(exact("12.3"))))
        #expect(
            refusal { () throws(WriteRefusal) in try limit.encode(.number(17), in: scope) }
                == .outOfRange(point: "x_point", value: 17, low: 6, high: 16, unit: .A))
        #expect(
            refusal { () throws(WriteRefusal) in try limit.encode(.number(4), in: scope) }?.description
                == "x_point: 4 A is outside 6 A to 16 A")
        #expect(
            refusal { () throws(WriteRefusal) in try limit.encode(.number(10)) } == .rangeUnknown(point: "x_point"))
        #expect(try limit.encodeSetPoint(63, in: scope).words == [160])
        #expect(limit.writeRange(in: scope) == 6...16)
        #expect(limit.writeRange(in: SampleScope()) == nil)
    }

    @Test func kebaLimitInMilliamperes() throws {
        let limit = try writable(kind: .number(.A), unit: .mA)
        #expect(try limit.encode(.number(10)).words == [0x2710])
    }

    @Test func benderLimitRoundsDownToWholeAmperes() throws {
        let limit = try writable(range: (.fixed(6), .fixed(80)), rounding: .down)
        #expect(try limit.encode(.number(exact("10.9"))) == EncodedWrite(words: [10], value: .number(10)))
        #expect(try limit.encodeOff(.number(0)).words == [0])
        #expect(refusal { () throws(WriteRefusal) in try limit.encode(.number(0)) } != nil)
    }

    @Test func goEAllowedIsWrittenAsItsOwnNumbers() throws {
        let allowed = try writable(kind: .bool, writeAs: [(.bool(true), 2), (.bool(false), 1)]) {
            $0.entries = [row(0, .bool(true)), row(1, .bool(false)), row(2, .bool(true))]
        }
        #expect(try allowed.encode(.bool(true)) == EncodedWrite(words: [2], value: .bool(true)))
        #expect(try allowed.encode(.bool(false)).words == [1])
        #expect(allowed.valueWritten([2]) == .bool(true))
        #expect(allowed.valueWritten([0]) == .bool(true))
        let ambiguous = try writable(kind: .bool) {
            $0.entries = [row(0, .bool(true)), row(1, .bool(false)), row(2, .bool(true))]
        }
        #expect(try ambiguous.encode(.bool(false)).words == [1])
        #expect(
            refusal { () throws(WriteRefusal) in try ambiguous.encode(.bool(true)) }
                == .ambiguous(point: "x_point", value: .bool(true)))
    }

    @Test func goEPhasesTakeNumbersAndWords() throws {
        let phases = try writable(kind: .member(["auto", "1", "3"])) {
            $0.entries = [row(0, .member("auto")), row(1, .number(1)), row(2, .number(3))]
        }
        #expect(try phases.encode(.number(3)).words == [2])
        #expect(try phases.encode(.member("3")).words == [2])
        #expect(try phases.encode(.member("auto")).words == [0])
        #expect(
            refusal { () throws(WriteRefusal) in try phases.encode(.number(2)) }?.description
                == "x_point has no 2; it has auto, 1, 3")
    }

    @Test func aFloatSetPointIsTheFloatOfItsDecimal() throws {
        let limit = try writable(.f32, rounding: .down)
        #expect(try limit.encode(.number(8)).words == [0x4100, 0])
        #expect(
            try limit.encode(.number(exact("0.1")))
                == EncodedWrite(words: [0x3DCC, 0xCCCD], value: .number(exact("0.1"))))
        let between = try limit.encode(.number(exact("16.123456789")))
        let written = try #require(between.value?.number)
        #expect(written <= (try exact("16.123456789")))
        #expect(written > (try exact("16.12345")))
    }

    // MARK: Rounding

    @Test(
        arguments: [
            (WriteRule.Rounding.down, "10.19", 101), (.down, "10.1", 101), (.nearest, "10.15", 102),
            (.nearest, "10.14", 101),
            (.up, "10.11", 102), (.up, "10.1", 101), (.down, "-0.05", -1), (.up, "-0.05", 0), (.nearest, "-0.05", -1),
        ] as [(WriteRule.Rounding, String, Int)])
    func valuesBetweenTwoStepsAreRounded(rounding: WriteRule.Rounding, value: String, raw: Int) throws {
        let point = try writable(.s16, scale: "0.1", rounding: rounding)
        #expect(try point.encode(.number(exact(value))).words == [UInt16(bitPattern: Int16(raw))])
    }

    @Test func aDeviceThatCountsDownwardsIsRoundedOnTheSameSide() throws {
        let falling = try writable(.s16, scale: "-0.1", rounding: .down)
        #expect(try falling.encode(.number(exact("10.19"))).value == .number(exact("10.1")))
        let turned = try writable(.s16, scale: "0.1", rounding: .down) { $0.invert = .literal(.bool(true)) }
        let write = try turned.encode(.number(exact("10.19")))
        #expect(write.value == .number(try exact("10.1")))
        #expect(write.words == [UInt16(bitPattern: -101)])
        let float = try writable(.f32, rounding: .down) { $0.invert = .literal(.bool(true)) }
        let number = try #require(try float.encode(.number(exact("16.123456789"))).value?.number)
        #expect(number <= (try exact("16.123456789")))
    }

    @Test func aStepOfTheProfileComesBeforeTheRawStep() throws {
        let point = try writable(scale: "0.1", step: 2, rounding: .down)
        #expect(try point.encode(.number(exact("11.9"))).words == [100])
        let nearest = try writable(scale: "0.1", step: 2)
        #expect(try nearest.encode(.number(11)).words == [120])
    }

    @Test func nearestStaysInsideTheRange() throws {
        let range: (low: Bound, high: Bound) = (.fixed(try exact("6.4")), .fixed(try exact("15.6")))
        let point = try writable(range: range)
        #expect(try point.encode(.number(exact("15.6"))).words == [15])
        #expect(try point.encode(.number(exact("6.4"))).words == [7])
        let down = try writable(range: range, rounding: .down)
        #expect(
            refusal { () throws(WriteRefusal) in try down.encode(.number(range.low.fixed ?? 0)) }
                == .noStep(point: "x_point", value: range.low.fixed ?? 0, unit: .A))
    }

    @Test func offsetAndUnitAreUndone() throws {
        let point = try writable(.s16, kind: .number(.W), unit: .kW, scale: "0.1", offset: -2)
        #expect(try point.encode(.number(3500)).words == [55])
        #expect(point.valueWritten([55]) == .number(3500))
    }

    // MARK: Other kinds

    @Test func fieldsCarryTheirMask() throws {
        let point = try writable(kind: .number(.one), bits: 4...7)
        let write = try point.encode(.number(0xC))
        #expect(write == EncodedWrite(words: [0x00C0], value: .number(0xC), masks: [0x00F0]))
        #expect(write.mask == 0x00F0)
        #expect(write.merged(into: [0xABCD]) == [0xABCD & ~0xF0 | 0xC0])
        #expect(
            refusal { () throws(WriteRefusal) in try point.encode(.number(16)) }
                == .doesNotFit(point: "x_point", value: .number(16)))
        let flag = try writable(kind: .bool, bits: 8...8)
        #expect(try flag.encode(.bool(true)).merged(into: [0x0001]) == [0x0101])
        #expect(try flag.encode(.bool(false)).merged(into: [0x0101]) == [0x0001])
    }

    @Test func fieldsOfTwoRegistersCarryTwoMasks() throws {
        let point = try writable(.u32, kind: .number(.one), bits: 12...19)
        let write = try point.encode(.number(0x45))
        #expect(write.words == [0x0004, 0x5000])
        #expect(write.masks == [0x000F, 0xF000])
        #expect(write.merged(into: [0xFFFF, 0xFFFF]) == [0xFFF4, 0x5FFF])
        #expect(write.mask == nil)
    }

    @Test func booleansAndTurnedBooleans() throws {
        #expect(try writable(.bool16, kind: .bool).encode(.bool(true)).words == [1])
        #expect(
            try writable(.bool16, kind: .bool) { $0.invert = .literal(.bool(true)) }.encode(.bool(true)).words == [0])
        let magic = try writable(kind: .bool) { $0.entries = [row(0xA1A1, .bool(true)), row(0xE0E0, .bool(false))] }
        #expect(try magic.encode(.bool(true)).words == [0xA1A1])
        #expect(try magic.encode(.bool(false)).words == [0xE0E0])
        #expect(magic.valueWritten([0xE0E0]) == .bool(false))
    }

    @Test func writeOnlyPointsHaveTheMembersOfWriteAs() throws {
        var point = try writable(
            kind: .member(["idle", "run"]), writeAs: [(.member("idle"), 0x10), (.member("run"), 0x20)])
        point.origin = .writeOnly
        #expect(try point.encode(.member("run")) == EncodedWrite(words: [0x20], value: .member("run")))
        #expect(point.valueWritten([0x10]) == .member("idle"))
        #expect(point.valueWritten([0x11]) == nil)
        #expect(
            refusal { () throws(WriteRefusal) in try point.encode(.member("off")) }
                == .noSuchMember(point: "x_point", value: .member("off"), members: ["idle", "run"]))
    }

    @Test func textFlagsAndVersions() throws {
        var text = try writable(kind: .text)
        text.write?.place = place(.ascii, words: 3)
        #expect(try text.encode(.text("Hallo")).words == [0x4861, 0x6C6C, 0x6F00])
        #expect(
            refusal { () throws(WriteRefusal) in try text.encode(.text("Hallo Welt")) }?.description
                == "x_point: Hallo Welt does not fit into the device's registers")
        let flags = try writable(kind: .flags([0: "a", 3: "b"]))
        #expect(try flags.encode(.flags(["b", "bit4"])).words == [0x0018])
        #expect(refusal { () throws(WriteRefusal) in try flags.encode(.flags(["c"])) } != nil)
        var version = try writable(kind: .version)
        version.write?.place = place(.version, words: 1, split: .bits([8, 8], bcd: true))
        #expect(try version.encode(.version([1, 18])).words == [0x0118])
    }

    @Test func theWritePlaceHasItsOwnScaleAndType() throws {
        var point = point(.u32, kind: .number(.A), unit: .mA)
        point.write = WriteRule(
            function: 6, place: place(.u16), unit: .A, scale: try exact("0.1"), persist: .ram, rounding: .down)
        #expect(try point.encode(.number(exact("10.55"))) == EncodedWrite(words: [105], value: .number(exact("10.5"))))
        #expect(point.decode([0, 10500]).value == .number(try exact("10.5")))
        #expect(point.valueWritten([105]) == .number(try exact("10.5")))
    }

    @Test func rawNumbersPassRangeAndScale() throws {
        let point = try writable(scale: "0.1", range: (.fixed(6), .fixed(16)))
        #expect(try point.encodeRaw(0x03E8) == EncodedWrite(words: [0x03E8], value: .number(100)))
        #expect(
            refusal { () throws(WriteRefusal) in try point.encodeRaw(70000) }
                == .rawDoesNotFit(point: "x_point", raw: 70000))
    }

    @Test func aScalePointIsUndoneToo() throws {
        let point = try writable(kind: .number(.W), rounding: .down) { $0.scaleFrom = "x_scale" }
        #expect(try point.encode(.number(1230), in: SampleScope(["x_scale": .number(1)])).words == [123])
        #expect(try point.encode(.number(1239), in: SampleScope(["x_scale": .number(1)])).value == .number(1230))
        #expect(
            refusal { () throws(WriteRefusal) in try point.encode(.number(1)) } == .conversionUnknown(point: "x_point"))
    }

    @Test func refusalsSayWhy() throws {
        #expect(
            refusal { () throws(WriteRefusal) in try point().encode(.number(1)) }?.description
                == "x_point cannot be written")
        let number = try writable()
        #expect(
            refusal { () throws(WriteRefusal) in try number.encode(.bool(true)) }?.description
                == "x_point cannot be true")
        #expect(
            refusal { () throws(WriteRefusal) in try number.encode(.number(70000)) }?.description
                == "x_point: 70000 does not fit into the device's registers")
    }

    @Test func theConditionRefusesWithTheAuthorsText() throws {
        var point = try writable()
        let text = "state in [A, B]"
        point.write?.when = (try parsed(text), text)
        #expect(throws: WriteRefusal.condition(point: "x_point", text)) {
            try point.checkCondition(in: SampleScope(["state": .member("C")]))
        }
        #expect(throws: WriteRefusal.condition(point: "x_point", text)) { try point.checkCondition(in: SampleScope()) }
        #expect(throws: Never.self) { try point.checkCondition(in: SampleScope(["state": .member("B")])) }
    }
}

extension Bound {
    /// The number of a fixed end.
    fileprivate var fixed: Exact? { if case .fixed(let number) = self { number } else { nil } }
}
