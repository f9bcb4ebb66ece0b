/// A short number by which two trees can be told apart: FNV-1a over 64-bit words with a final mix (splitmix64).
public struct TreeDigest {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The digest of `tree`, names of fields included.
    public static func of(_ tree: Tree) -> UInt64 {
        var digest = TreeDigest()
        digest.add(tree)
        var mixed = digest.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0x100_0000_01B3
        state ^= state >> 32
    }

    private mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        var word: UInt64 = 0
        for (place, byte) in text.utf8.enumerated() {
            word = word << 8 | UInt64(byte)
            if place % 8 == 7 { add(word) }
        }
        add(word)
    }

    private mutating func add(_ tree: Tree) {
        add(UInt64(tree.kind.rawValue))
        switch tree {
        case .absent: break
        case .bool(let value): add(value ? 1 : 0)
        case .int(let value): add(UInt64(bitPattern: value))
        case .large(let value), .double(let value): add(value)
        case .text(let text): add(text)
        case .list(let elements):
            add(UInt64(elements.count))
            for element in elements { add(element) }
        case .record(let fields), .map(let fields):
            add(UInt64(fields.count))
            for field in fields {
                add(field.key)
                add(field.value)
            }
        }
    }
}
