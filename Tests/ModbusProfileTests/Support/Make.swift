import DeviceProfiles
import DriverAPI
import ReadPlanning
import YAML

let anywhere = Mark(line: 1, column: 1)

extension PointDefinition {
    /// A number in a holding register.
    static func make(
        _ name: String, at address: Int, _ unit: Unit = .one, type: RawType = .u16, scale: Exact = 1,
        poll: PollClass = .fast, presence: Presence = .always, write: WriteRule? = nil,
        _ change: (inout PointDefinition) -> Void = { _ in }
    ) -> PointDefinition {
        var value = ValueRule()
        value.kind = .number(unit.canonical)
        value.unit = unit
        value.scale = scale
        let place = ReadPlace(table: .holding, address: address, type: type, words: type.fixedWords ?? 1)
        var point = PointDefinition(
            name: name, mark: anywhere, origin: .registers(place), value: value, poll: poll, presence: presence,
            write: write)
        change(&point)
        return point
    }

    /// A boolean in a holding register.
    static func makeBool(
        _ name: String, at address: Int, poll: PollClass = .fast, write: WriteRule? = nil
    ) -> PointDefinition {
        make(name, at: address, type: .bool16, poll: poll, write: write) { $0.value.kind = .bool }
    }

    /// A member from a holding register.
    static func makeMember(
        _ name: String, at address: Int, _ members: [Int128: String], poll: PollClass = .fast
    ) -> PointDefinition {
        make(name, at: address, poll: poll) { point in
            point.value.kind = .member(members.sorted { $0.key < $1.key }.map(\.value))
            point.value.unit = nil
            point.value.entries = members.map { .init(match: .integers($0...$0), value: .member($1)) }
        }
    }

    /// A point that is only written.
    static func makeWriteOnly(_ name: String, write: WriteRule, kind: ValueRule.Kind = .number(.one)) -> PointDefinition
    {
        var value = ValueRule()
        value.kind = kind
        return PointDefinition(name: name, mark: anywhere, origin: .writeOnly, value: value, write: write)
    }
}

extension WriteRule {
    /// A write of one holding register.
    static func make(
        at address: Int, _ unit: Unit = .one, scale: Exact = 1, type: RawType = .u16,
        persist: Persistence = .ram, _ change: (inout WriteRule) -> Void = { _ in }
    ) -> WriteRule {
        var rule = WriteRule(
            function: 6, place: ReadPlace(table: .holding, address: address, type: type), unit: unit, scale: scale,
            persist: persist)
        change(&rule)
        return rule
    }
}

extension Step {
    static func natural(_ point: String) -> Step { Step(.natural(point), mark: anywhere) }
    static func write(_ point: String, _ value: Value) -> Step { Step(.write(point, .value(value)), mark: anywhere) }
    static func wait(_ duration: Duration) -> Step { Step(.wait(duration), mark: anywhere) }
}

extension Expression {
    static func point(_ name: String) -> Expression { .name(.point(name)) }
    static func equals(_ name: String, _ value: Value) -> Expression {
        .binary(.equal, .point(name), .literal(value), factor: 1)
    }
}

let tenth = Exact(1, over: 10) ?? 0
