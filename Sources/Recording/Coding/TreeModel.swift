/// What was learned of all values at places of one kind: the same field of all boxes.
final class TreeModel {
    /// The kind of a value, by its kind before.
    var kinds = [Probability](repeating: Probability(), count: 16 * 16)
    /// Whether a text or a form is the one expected, and whether it was seen before.
    var isExpected = Probability()
    var isKnown = Probability()
    var truth = Probability()
    var number = NumberModel()
    var index = NumberModel()
    var count = NumberModel()
    var isPresent = Probability()
    /// How far off predictions were, for new places of this kind.
    var misses = Misses()
    private var fields: [Int: [TreeModel]] = [:]
    private var element: TreeModel?

    /// The models of the fields of the form `form`.
    func fields(_ form: Int, count: Int) -> [TreeModel] {
        if let known = fields[form] { return known }
        let new = (0..<count).map { _ in TreeModel() }
        fields[form] = new
        return new
    }

    /// The model of all elements of a list, or of all values of a map.
    func elements() -> TreeModel {
        if let element { return element }
        let new = TreeModel()
        element = new
        return new
    }
}

/// How many bits each way to predict a number was off by of late, in sixteenths.
struct Misses {
    var bits: SIMD4<Int32> = [160, 176, 192, 208]

    /// The best of the four.
    var best: Int {
        var best = 0
        for way in 1..<4 where bits[way] < bits[best] { best = way }
        return best
    }

    /// Takes note of how far each was off.
    mutating func learn(_ predictions: SIMD4<Int64>, _ value: Int64) {
        for way in 0..<4 {
            let miss = UInt64(zigzag: value &- predictions[way])
            bits[way] += (Int32(64 - miss.leadingZeroBitCount) * 16 - bits[way]) / 4
        }
    }
}
