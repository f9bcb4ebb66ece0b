import DeviceProfiles
import DriverAPI
import TestTools
import Testing

/// What was written reads back the same, for thousands of points drawn by a seed.
@Suite struct RoundTripTests {
    private static let types: [RawType] = [.u8, .s8, .u16, .s16, .u32, .s32, .u64, .s64, .bool16, .bcd, .datetime]

    @Test func anyIntegerOfAnyTypeAndOrderReadsBack() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            let type = try #require(Self.types.randomElement(using: &random))
            let words = type.fixedWords ?? Int.random(in: 1...4, using: &random)
            let range = type.integerRange ?? 0...9999
            let number = Int128.random(in: range, using: &random)
            let order = try #require(WordOrder.allCases.randomElement(using: &random))
            let place = place(type, words: words, order: order, byte: type == .u8 || type == .s8 ? .hi : nil)
            let written = try #require(place.words(for: .integer(number)))
            #expect(place.raw(from: written) == .integer(number))
        }
    }

    @Test func anyWordsOfAFloatReadBack() throws {
        var random = SeededGenerator(seed: 12)
        for type in [RawType.f16, .f32, .f64] {
            for _ in 0..<5000 {
                let words = (0..<(type.fixedWords ?? 1)).map { _ in UInt16.random(in: 0x3000...0x4FFF, using: &random) }
                let order = try #require(WordOrder.allCases.randomElement(using: &random))
                let place = place(type, order: order)
                guard case .float(let number)? = place.raw(from: words), number.magnitude > 0 else { continue }
                guard number.magnitude >= (try exact("0.000001")) else { continue }
                #expect(place.words(for: .float(number)) == words)
            }
        }
    }

    @Test func anyFieldReadsBackAndTouchesNothingElse() throws {
        var random = SeededGenerator(seed: 13)
        for _ in 0..<5000 {
            let type = try #require([RawType.u16, .s16, .u32, .s32, .u64].randomElement(using: &random))
            let top = 16 * (type.fixedWords ?? 1) - 1
            let low = Int.random(in: 0...top, using: &random)
            let bits = low...Int.random(in: low...top, using: &random)
            let order = try #require(WordOrder.allCases.randomElement(using: &random))
            let field = place(type, order: order, bits: bits)
            let number = Int128.random(in: 0..<(1 << Int128(bits.count)), using: &random)
            let words = try #require(field.words(for: .integer(number)))
            var made = point(type, order: order, bits: bits)
            made.write = WriteRule(function: 16, place: field, persist: .ram)
            let write = try made.encodeRaw(number)
            #expect(write.words == words)
            let before = words.map { _ in UInt16.random(in: 0 ... .max, using: &random) }
            let after = write.merged(into: before)
            #expect(field.raw(from: after) == .integer(number))
            let masks = write.masks ?? words.map { _ in 0xFFFF }
            for i in before.indices { #expect(after[i] & ~masks[i] == before[i] & ~masks[i]) }
        }
    }

    @Test func whatAWriteSaysIsWhatItsWordsMean() throws {
        var random = SeededGenerator(seed: 14)
        let scales = ["1", "0.1", "0.01", "10", "1/256", "-0.1", "0.25"]
        for _ in 0..<5000 {
            let type = try #require([RawType.u16, .s16, .u32, .s32, .f32].randomElement(using: &random))
            let unit = try #require([Unit.A, .mA].randomElement(using: &random))
            let rounding = try #require(WriteRule.Rounding.allCases.randomElement(using: &random))
            let scale = try exact(try #require(scales.randomElement(using: &random)))
            var made = point(type, kind: .number(.A), unit: unit) { $0.scale = scale }
            made.write = WriteRule(
                function: 16, place: place(type), unit: unit, scale: scale, persist: .ram, rounding: rounding)
            let value = try #require(Exact(decimal: Int64.random(in: 0...40000, using: &random), places: 3))
            guard let write = try? made.encode(.number(value)), let written = write.value?.number else { continue }
            #expect(made.valueWritten(write.words) == .number(written))
            #expect(made.decode(write.words).value == .number(written))
            switch rounding {
            case .down: #expect(written <= value)
            case .up: #expect(written >= value)
            case .nearest: break
            }
            let again = try made.encode(.number(written))
            #expect(again.words == write.words, "\(written) \(type) \(scale) \(unit)")
        }
    }

    @Test func anyTextReadsBack() throws {
        var random = SeededGenerator(seed: 15)
        let characters = Array("ABCxyz019-_. äß")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0...8, using: &random)).map { _ in
                    characters.randomElement(using: &random) ?? "x"
                })
            let cut = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            for type in [RawType.ascii, .utf16] {
                for order in [WordOrder.big, .byteSwapped] {
                    let place = place(type, words: 8, order: order)
                    let words = try #require(place.words(for: .text(text)))
                    #expect(place.raw(from: words) == .text(cut))
                }
            }
        }
    }
}
