import DriverAPI

/// How the words of a point are read as a raw value.
public enum RawType: String, Hashable, Sendable, CaseIterable {
    case u8, s8, u16, s16, u32, s32, u64, s64, f16, f32, f64, bool16, bit, bcd, ascii, utf16, hex, version, datetime

    /// Number of words; nil where the point says it.
    public var fixedWords: Int? {
        switch self {
        case .u8, .s8, .u16, .s16, .f16, .bool16, .bit: 1
        case .u32, .s32, .f32, .datetime: 2
        case .u64, .s64, .f64: 4
        case .bcd, .ascii, .utf16, .hex, .version: nil
        }
    }

    /// Whether the raw value is a whole number.
    public var isInteger: Bool {
        switch self {
        case .u8, .s8, .u16, .s16, .u32, .s32, .u64, .s64, .bcd, .bool16, .bit, .datetime: true
        case .f16, .f32, .f64, .ascii, .utf16, .hex, .version: false
        }
    }

    /// Whether it is a floating point number.
    public var isFloat: Bool { self == .f16 || self == .f32 || self == .f64 }
    /// Whether it is text.
    public var isText: Bool { self == .ascii || self == .utf16 || self == .hex }

    /// The range of whole raw values; nil where it depends on the number of words or there is none.
    public var integerRange: ClosedRange<Int128>? {
        switch self {
        case .u8: 0...255
        case .s8: -128...127
        case .u16, .bool16: 0...65535
        case .s16: -32768...32767
        case .u32, .datetime: 0...Int128(UInt32.max)
        case .s32: Int128(Int32.min)...Int128(Int32.max)
        case .u64: 0...Int128(UInt64.max)
        case .s64: Int128(Int64.min)...Int128(Int64.max)
        case .bit: 0...1
        default: nil
        }
    }
}

/// The order of bytes and words in values of several registers.
public enum WordOrder: String, Hashable, Sendable, CaseIterable {
    /// ABCD.
    case big
    /// CDAB: lowest word first.
    case wordSwapped = "word-swapped"
    /// BADC: the bytes of each word exchanged.
    case byteSwapped = "byte-swapped"
    /// DCBA.
    case little
}

/// What a point's words hold before any meaning is given to them.
public enum RawValue: Hashable, Sendable {
    /// A whole number.
    case integer(Int128)
    /// A floating point number that is neither NaN nor infinite.
    case float(Exact)
    /// Text, already cut at both ends.
    case text(String)
    /// A version, part by part.
    case version([Int])
}
