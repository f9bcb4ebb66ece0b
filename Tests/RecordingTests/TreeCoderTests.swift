import TestTools
import Testing

@testable import Recording

struct TreeCoderTests {
    /// A tree of any kind.
    private func tree(_ random: inout SeededGenerator, _ depth: Int = 0) -> Tree {
        let names = ["at", "value", "box", "name", "current"]
        switch Int.random(in: depth > 4 ? 0..<8 : 0..<12, using: &random) {
        case 0: return .absent
        case 1: return .bool(random.chance(50))
        case 2: return .int(random.pick([0, 1, -1, .max, .min, Int64.random(in: .min ... .max, using: &random)]))
        case 3: return .large(UInt64.random(in: UInt64(Int64.max) + 1 ... .max, using: &random))
        case 4: return .double(bits: random.next())
        case 5: return .text(random.pick(["", "a", "ü", "kitchen", String(repeating: "x", count: 300)]))
        case 6, 7: return .int(Int64.random(in: -50...50, using: &random))
        case 8:
            return .list((0..<Int.random(in: 0..<6, using: &random)).map { _ in tree(&random, depth + 1) })
        case 9, 10:
            let count = Int.random(in: 0..<4, using: &random)
            return .record(names.shuffled(using: &random).prefix(count).map { .init($0, tree(&random, depth + 1)) })
        default:
            let keys = names.filter { _ in random.chance(60) }.sorted()
            return .map(keys.map { .init($0, tree(&random, depth + 1)) })
        }
    }

    @Test(arguments: 0..<20) func anyTreesComeBackInTheirOrder(_ seed: Int) {
        var random = SeededGenerator(seed: seed)
        let trees = (0..<60).map { _ in tree(&random) }
        let clocks = (0..<60).map { _ in
            random.pick([0, 5, .max, .min, Int64.random(in: .min ... .max, using: &random)])
        }
        let writing = (TreeTable(), TreePosition(TreeModel(), name: 0))
        let reading = (TreeTable(), TreePosition(TreeModel(), name: 0))
        for (tree, clock) in zip(trees, clocks) {
            var writer = TreeCoder(RangeEncoder(), writing.0)
            _ = writer.clock(clock)
            _ = writer.tree(tree, writing.1)
            #expect(!writer.isDamaged)
            let bytes = writer.bits.finish()
            var reader = TreeCoder(RangeDecoder(bytes[...]), reading.0)
            #expect(reader.clock(0) == clock)
            #expect(reader.tree(.absent, reading.1) == tree)
            #expect(!reader.isDamaged && !reader.bits.isExhausted)
        }
    }

    @Test func bitsComeBackWhateverTheirLikelihood() {
        for seed in 0..<50 {
            var random = SeededGenerator(seed: seed)
            let chance = random.pick([0, 1, 50, 99, 100])
            let bits = (0..<2000).map { _ in random.chance(chance) }
            let words = (0..<50).map { _ in random.pick([0, .max, 0xFF00_0000_0000_0000, random.next()]) }
            var encoder = RangeEncoder()
            var probability = Probability()
            for bit in bits { _ = encoder.bit(bit, &probability) }
            for word in words { _ = encoder.plain(word, count: 64) }
            let bytes = encoder.finish()
            var decoder = RangeDecoder(bytes[...])
            probability = Probability()
            #expect(bits.allSatisfy { decoder.bit(false, &probability) == $0 })
            #expect(words.allSatisfy { decoder.plain(0, count: 64) == $0 })
            #expect(!decoder.isExhausted)
        }
    }

    @Test func whatDoesNotChangeTakesNoRoom() {
        let table = TreeTable()
        let position = TreePosition(TreeModel(), name: 0)
        let tree = Tree.record((0..<100).map { .init("field \($0)", .int($0 * 1000)) })
        var sizes: [Int] = []
        for _ in 0..<50 {
            var coder = TreeCoder(RangeEncoder(), table)
            _ = coder.tree(tree, position)
            sizes.append(coder.bits.finish().count)
        }
        #expect(sizes[0] > 300)
        #expect(sizes.dropFirst().allSatisfy { $0 <= 1 })
    }

    @Test func aChecksumIsThatOfTheStandard() {
        // The check value of CRC-32/ISO-HDLC: the digits 1 to 9.
        #expect(Checksum.of(Array("123456789".utf8)) == 0xCBF4_3926)
    }
}
