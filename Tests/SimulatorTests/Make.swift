import DeviceProfiles
import DriverAPI
import ReadPlanning
import YAML

@testable import Simulator

/// Profiles made by hand, after the registers of real boxes.
enum Make {
    static let mark = Mark(line: 1, column: 1)
    static let amperes = Exact(1, over: 10) ?? 0

    static func rule(_ kind: ValueRule.Kind, unit: Unit? = nil, scale: Exact = 1) -> ValueRule {
        var rule = ValueRule()
        rule.kind = kind
        rule.unit = unit
        rule.scale = scale
        return rule
    }

    static func point(
        _ name: String, at address: Int, type: RawType = .u16, _ value: ValueRule, write: WriteRule? = nil
    ) -> PointDefinition {
        PointDefinition(
            name: name, mark: mark, origin: .registers(place(address, type)), value: value, write: write)
    }

    static func place(_ address: Int, _ type: RawType = .u16) -> ReadPlace {
        ReadPlace(table: .holding, address: address, type: type, words: type.fixedWords ?? 1)
    }

    static func members(_ rows: [(Int128, String)]) -> ValueRule {
        var rule = rule(.member(rows.map(\.1)))
        rule.entries = rows.map { .init(match: .integers($0.0...$0.0), value: .member($0.1)) }
        return rule
    }

    static func write(
        _ function: UInt8, at address: Int, _ type: RawType = .u16, unit: Unit? = nil, scale: Exact = 1,
        persist: WriteRule.Persistence = .ram, kind: WriteRule.Kind = .state, top: Exact? = nil
    ) -> WriteRule {
        WriteRule(
            function: function, place: place(address, type), unit: unit, scale: scale, persist: persist, kind: kind,
            range: top.map { (.fixed(6), .fixed($0)) })
    }

    /// The Power Brain's registers of charging and fail-safe, printed in the vendor's table.
    static var powerBrain: DeviceProfile {
        let tenth = rule(.number(.A), unit: .A, scale: amperes)
        var modbus = ModbusDefinition()
        modbus.constraints.readable = [.holding: [8057...8069, 8080...8088, 8090...8113, 8120...8121]]
        modbus.constraints.maxRead = [.holding: 32]
        var state = members([(0, "A"), (1, "B"), (2, "C"), (5, "F")])
        state.entries.append(.init(match: .other, value: .member("F")))
        return DeviceProfile(
            id: "cfos.power-brain", version: [0, 1, 0], deviceClass: .wallbox, title: LocalizedText("Power Brain"),
            modbus: modbus,
            points: [
                point("state", at: 8092, state),
                point("charging_allowed", at: 8094, type: .bool16, rule(.bool), write: write(6, at: 8094, .bool16)),
                point("current_limit", at: 8093, tenth, write: write(6, at: 8093, unit: .A, scale: amperes, top: 16)),
                point("current_offered", at: 8095, tenth),
                point("power", at: 8062, type: .s32, rule(.number(.W), unit: .W)),
                point("current.l1", at: 8064, type: .u32, tenth),
                point("current.l2", at: 8066, type: .u32, tenth),
                point("current.l3", at: 8068, type: .u32, tenth),
                point("energy_total", at: 8058, type: .u64, rule(.number(.Wh), unit: .Wh)),
                point(
                    "x_cp_open_seconds", at: 8086, rule(.number(.s), unit: .s),
                    write: write(6, at: 8086, unit: .s, kind: .command)),
                point("restarts", at: 8120, type: .u32, rule(.number(.one))),
                point(
                    "failsafe_timeout", at: 8083, type: .u32, rule(.number(.s), unit: .s),
                    write: write(16, at: 8083, .u32, unit: .s, persist: .flash, kind: .setting)),
                point(
                    "failsafe_current", at: 8085, tenth,
                    write: write(6, at: 8085, unit: .A, scale: amperes, persist: .flash, kind: .setting)),
            ],
            control: Control(
                charge: ChargeControl(
                    set: "current_limit", start: [Step(.natural("current_limit"), mark: mark)],
                    limit: [Step(.natural("current_limit"), mark: mark)],
                    stop: [Step(.natural("charging_allowed"), mark: mark)])),
            keepAlive: KeepAlive(
                satisfiedBy: .anyTransaction,
                deadline: .point("failsafe_timeout", zeroMeansNever: true, assume: .seconds(300)),
                deviceThen: .limitsToPoint("failsafe_current")))
    }

    /// Charging with 16.0, 15.9 and 16.1 A, 11040 W, 1234567 Wh; falls back to 6 A after 300 s.
    static var charging: Fixture {
        Fixture(words: [
            .holding: words([
                8058: [0, 0, 0x0012, 0xD687], 8062: [0, 11040], 8064: [0, 160, 0, 159, 0, 161], 8083: [0, 300, 60],
                8092: [2, 160, 1, 160], 8120: [0, 7],
            ])
        ])
    }

    /// A box that keeps no state register: KEBA's status, and a flag for the car.
    static var keba: DeviceProfile {
        let status = members([
            (0, "starting"), (1, "not-ready"), (2, "ready"), (3, "charging"), (4, "error"), (5, "interrupted"),
        ])
        let milli = rule(.number(.A), unit: .mA)
        var modbus = ModbusDefinition()
        modbus.constraints.merging = false
        var car = place(1004, .u32)
        car.bits = 2...2
        car.isSingleBit = true
        let name = { (point: String) in Expression.name(.point(point)) }
        func isStatus(_ members: [String]) -> Expression {
            .contained(name("x_status"), members.map { .init(low: .literal(.member($0))) }, negated: false)
        }
        let cases: [PointDefinition.Case] = [
            .init(when: isStatus(["error"]), member: "F", reason: "other"),
            .init(when: .not(name("x_car")), member: "A"),
            .init(when: isStatus(["charging"]), member: "C"),
            .init(when: nil, member: "B"),
        ]
        return DeviceProfile(
            id: "keba.p30", version: [0, 1, 0], deviceClass: .wallbox, title: LocalizedText("KEBA"), modbus: modbus,
            points: [
                point("x_status", at: 1000, type: .u32, status),
                PointDefinition(name: "x_car", mark: mark, origin: .registers(car), value: rule(.bool)),
                PointDefinition(
                    name: "state", mark: mark, origin: .cases(cases), value: rule(.member(["A", "B", "C", "F"]))),
                PointDefinition(
                    name: "charging_allowed", mark: mark,
                    origin: .expression(.not(isStatus(["not-ready", "interrupted"]))), value: rule(.bool),
                    write: write(6, at: 5014)),
                point("current_limit", at: 1100, type: .u32, milli, write: write(6, at: 5004, unit: .mA, top: 32)),
                point("current.l1", at: 1008, type: .u32, milli),
            ],
            control: Control(
                charge: ChargeControl(
                    set: "current_limit", start: [Step(.natural("current_limit"), mark: mark)],
                    limit: [Step(.natural("current_limit"), mark: mark)],
                    stop: [Step(.natural("charging_allowed"), mark: mark)])))
    }

    /// Status charging, car plugged and locked (7), 16 A drawn and allowed.
    static var kebaCharging: Fixture {
        Fixture(words: [.holding: words([1000: [0, 3], 1004: [0, 7], 1008: [0, 16000], 1100: [0, 16000]])])
    }

    static func words(_ runs: [Int: [UInt16]]) -> [Int: UInt16] {
        var words: [Int: UInt16] = [:]
        for (start, run) in runs { for (offset, word) in run.enumerated() { words[start + offset] = word } }
        return words
    }

    static func seconds(_ seconds: Double) -> MonotonicTime { MonotonicTime(seconds: seconds) }
}

extension SimulatedDevice {
    /// Writes registers and expects the acknowledgement.
    func writes(_ function: UInt8, _ address: UInt16, _ words: [UInt16], at seconds: Double) -> DeviceAnswer {
        answer(to: WriteRequest(function: function, address: address, words: words), at: Make.seconds(seconds))
    }

    func reads(_ address: Int, _ count: Int = 1, function: UInt8 = 3, at seconds: Double = 0) -> DeviceAnswer {
        read(function: function, address: address, count: count, at: Make.seconds(seconds))
    }

    func number(_ point: String, at seconds: Double) -> Exact? {
        value(of: point, at: Make.seconds(seconds))?.value?.number
    }

    func state(at seconds: Double) -> String? { value(of: "state", at: Make.seconds(seconds))?.value?.text }
}
