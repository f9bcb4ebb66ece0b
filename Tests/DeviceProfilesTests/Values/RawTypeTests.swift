import DeviceProfiles
import DriverAPI
import Testing

@Suite struct RawTypeTests {
    private static let orders: [(WordOrder, [UInt16], [UInt16])] = [
        (.big, [0x1234, 0x5678], [0x0123, 0x4567, 0x89AB, 0xCDEF]),
        (.wordSwapped, [0x5678, 0x1234], [0xCDEF, 0x89AB, 0x4567, 0x0123]),
        (.byteSwapped, [0x3412, 0x7856], [0x2301, 0x6745, 0xAB89, 0xEFCD]),
        (.little, [0x7856, 0x3412], [0xEFCD, 0xAB89, 0x6745, 0x2301]),
    ]

    @Test(arguments: orders)
    func everyOrderGivesTheSameInteger(order: WordOrder, two: [UInt16], four: [UInt16]) {
        for type in [RawType.u32, .s32, .datetime] {
            #expect(place(type, order: order).raw(from: two) == .integer(0x1234_5678))
            #expect(place(type, order: order).words(for: .integer(0x1234_5678)) == two)
        }
        for type in [RawType.u64, .s64] {
            #expect(place(type, order: order).raw(from: four) == .integer(0x0123_4567_89AB_CDEF))
            #expect(place(type, order: order).words(for: .integer(0x0123_4567_89AB_CDEF)) == four)
        }
    }

    /// 230.5 is 0x43668000 and 0x406CD00000000000 (IEEE 754).
    @Test func everyOrderGivesTheSameFloat() throws {
        let expected = RawValue.float(try exact("230.5"))
        #expect(place(.f32).raw(from: [0x4366, 0x8000]) == expected)
        #expect(place(.f32, order: .wordSwapped).raw(from: [0x8000, 0x4366]) == expected)
        #expect(place(.f32, order: .byteSwapped).raw(from: [0x6643, 0x0080]) == expected)
        #expect(place(.f32, order: .little).raw(from: [0x0080, 0x6643]) == expected)
        #expect(place(.f64).raw(from: [0x406C, 0xD000, 0, 0]) == expected)
        #expect(place(.f64, order: .wordSwapped).raw(from: [0, 0, 0xD000, 0x406C]) == expected)
        #expect(place(.f64, order: .byteSwapped).raw(from: [0x6C40, 0x00D0, 0, 0]) == expected)
        #expect(place(.f64, order: .little).raw(from: [0, 0, 0x00D0, 0x6C40]) == expected)
    }

    @Test(
        arguments: [
            (RawType.u16, [0xFFFF], 65535), (.s16, [0xFFFF], -1), (.s16, [0x8000], -32768), (.s16, [0x7FFF], 32767),
            (.u32, [0xFFFF, 0xFFFF], 4_294_967_295), (.s32, [0xFFFF, 0xFFFE], -2), (.s32, [0x8000, 0], -2_147_483_648),
            (.u64, [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF], 18_446_744_073_709_551_615),
            (.s64, [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF], -1), (.s64, [0x8000, 0, 0, 0], -9_223_372_036_854_775_808),
            (.bool16, [0], 0), (.bool16, [7], 7), (.bcd, [0x9876], 9876), (.bcd, [0x0012, 0x3456], 123_456),
        ] as [(RawType, [UInt16], Int128)])
    func integersReadAndWriteBack(type: RawType, words: [UInt16], number: Int128) {
        let place = place(type, words: words.count)
        #expect(place.raw(from: words) == .integer(number))
        #expect(place.words(for: .integer(number)) == words)
    }

    @Test func bytesOfARegister() {
        #expect(place(.u8, byte: .hi).raw(from: [0xAB12]) == .integer(0xAB))
        #expect(place(.u8, byte: .lo).raw(from: [0xAB12]) == .integer(0x12))
        #expect(place(.s8, byte: .hi).raw(from: [0xAB12]) == .integer(0xAB - 0x100))
        #expect(place(.s8).raw(from: [0xABFF]) == .integer(-1))
        #expect(place(.u8, byte: .hi).words(for: .integer(0xAB)) == [0xAB00])
        #expect(place(.s8, byte: .lo).words(for: .integer(-1)) == [0x00FF])
        #expect(place(.ascii, words: 3, byte: .lo).raw(from: [0x41, 0x42, 0x00]) == .text("AB"))
        #expect(place(.ascii, words: 3, byte: .hi).words(for: .text("AB")) == [0x4100, 0x4200, 0])
    }

    @Test func bitFieldsAreCountedFromTheLowest() {
        #expect(place(.u16, bits: 8...8).raw(from: [0x0100]) == .integer(1))
        #expect(place(.u16, bits: 8...8).raw(from: [0xFEFF]) == .integer(0))
        #expect(place(.u16, bits: 4...7).raw(from: [0xABCD]) == .integer(0xC))
        #expect(place(.u32, bits: 12...19).raw(from: [0x1234, 0x5678]) == .integer(0x45))
        #expect(place(.u32, order: .wordSwapped, bits: 12...19).raw(from: [0x5678, 0x1234]) == .integer(0x45))
        #expect(place(.s16, bits: 12...15).raw(from: [0xF123]) == .integer(0xF))
        #expect(place(.s64, bits: 0...63).raw(from: [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF]) == .integer(Int128(UInt64.max)))
        #expect(place(.u16, bits: 4...7).words(for: .integer(0xC)) == [0x00C0])
        #expect(place(.u16, bits: 4...7).words(for: .integer(16)) == nil)
        #expect(place(.u16, bits: 4...7).words(for: .integer(-1)) == nil)
    }

    @Test(
        arguments: [
            (RawType.u16, 65536), (.u16, -1), (.s16, 32768), (.s16, -32769), (.u32, 1 << 32), (.s32, 1 << 31),
            (.u8, 256),
            (.s8, 128), (.u64, 1 << 64), (.s64, 1 << 63), (.bcd, 10000), (.bcd, -1), (.bit, 2), (.datetime, -1),
        ] as [(RawType, Int128)])
    func numbersOutsideTheTypeHaveNoWords(type: RawType, number: Int128) {
        #expect(place(type).words(for: .integer(number)) == nil)
    }

    @Test func digitsAboveNineAreNoBCD() {
        #expect(place(.bcd, words: 1).raw(from: [0x12A4]) == nil)
        #expect(place(.bcd, words: 1).raw(from: [0xFFFF]) == nil)
    }

    /// Bit patterns of NaN and infinity, IEEE 754-2019, 3.4.
    @Test(
        arguments: [
            (RawType.f16, [0x7C00]), (.f16, [0xFC00]), (.f16, [0x7E00]), (.f32, [0x7F80, 0]), (.f32, [0xFF80, 0]),
            (.f32, [0x7FC0, 0]), (.f32, [0xFFFF, 0xFFFF]), (.f32, [0x7F80, 1]), (.f64, [0x7FF0, 0, 0, 0]),
            (.f64, [0xFFF0, 0, 0, 0]), (.f64, [0x7FF8, 0, 0, 0]), (.f64, [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF]),
        ] as [(RawType, [UInt16])])
    func notANumberAndInfinityAreNoData(type: RawType, words: [UInt16]) {
        #expect(place(type).raw(from: words) == nil)
    }

    @Test(
        arguments: [
            (RawType.f16, [0x5B34], "230.5"), (.f16, [0x3555], "0.3333"), (.f16, [0x2E66], "0.1"),
            (.f16, [0xC000], "-2"),
            (.f16, [0x8000], "0"), (.f32, [0x3DCC, 0xCCCD], "0.1"), (.f32, [0xC366, 0x8000], "-230.5"),
            (.f32, [0x8000, 0], "0"), (.f32, [0x4640, 0xE600], "12345.5"), (.f32, [0x4B7F, 0xFFFF], "16777215"),
            (.f32, [0x5015, 0x02F9], "10000000000"), (.f64, [0x3FB9, 0x9999, 0x9999, 0x999A], "0.1"),
            (.f64, [0x3FD3, 0x3333, 0x3333, 0x3334], "0.30000000000000004"),
        ] as [(RawType, [UInt16], String)])
    func floatsAreTheShortestDecimalThatReadsBackTheSame(type: RawType, words: [UInt16], decimal: String) throws {
        #expect(place(type).raw(from: words) == .float(try exact(decimal)))
    }

    @Test func aWrongNumberOfWordsIsNoData() {
        for type in RawType.allCases {
            let place = place(type, words: 2)
            #expect(place.raw(from: []) == nil)
            #expect(place.raw(from: [1]) == nil)
            #expect(place.raw(from: [1, 2, 3]) == nil)
        }
    }

    @Test func slicesCountFromTheirOwnStart() {
        let words: [UInt16] = [9, 9, 0x4366, 0x8000, 9]
        #expect(place(.f32).raw(from: words[2..<4]) == .float(Exact(461).divided(by: 2) ?? 0))
        #expect(place(.u32, order: .little).raw(from: words[1..<3]) == .integer(0x6643_0900))
        #expect(place(.u32).raw(from: AnyCollection([1, 2] as [UInt16])) == .integer(0x1_0002))
    }

    @Test func coilsAreBits() {
        let coil = ReadPlace(table: .coil, address: 400, type: .bit)
        #expect(coil.raw(from: [1]) == .integer(1))
        #expect(coil.raw(from: [0xFF00]) == .integer(1))
        #expect(coil.raw(from: [0]) == .integer(0))
        #expect(coil.words(for: .integer(1)) == [1])
    }
}
