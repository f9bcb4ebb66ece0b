import DeviceProfiles
import DriverAPI
import YAML

/// A point as a profile would give it, made in one line.
func point(
    _ type: RawType = .u16, words: Int? = nil, order: WordOrder = .big, bits: ClosedRange<Int>? = nil,
    isSingleBit: Bool = false, byte: ReadPlace.Byte? = nil, split: ReadPlace.VersionSplit? = nil,
    kind: ValueRule.Kind = .number(.one), unit: Unit? = nil, write: WriteRule? = nil,
    _ change: (inout ValueRule) -> Void = { _ in }
) -> PointDefinition {
    let place = ReadPlace(
        table: .holding, address: 100, type: type, words: words ?? type.fixedWords ?? 1, order: order, bits: bits,
        isSingleBit: isSingleBit, byte: byte, split: split)
    var rule = ValueRule()
    rule.kind = kind
    rule.unit = unit
    if case .number(let canonical) = kind, unit == nil { rule.unit = canonical }
    change(&rule)
    return PointDefinition(
        name: "x_point", mark: Mark(line: 1, column: 1), origin: .registers(place), value: rule, write: write)
}

/// A place as a profile would give it.
func place(
    _ type: RawType, words: Int? = nil, order: WordOrder = .big, bits: ClosedRange<Int>? = nil,
    byte: ReadPlace.Byte? = nil, split: ReadPlace.VersionSplit? = nil
) -> ReadPlace {
    ReadPlace(
        table: .holding, address: 100, type: type, words: words ?? type.fixedWords ?? 1, order: order, bits: bits,
        byte: byte, split: split)
}

/// A row of an enumeration of one raw number.
func row(_ raw: Int128, _ value: Value?) -> ValueRule.EnumEntry { .init(match: .integers(raw...raw), value: value) }
