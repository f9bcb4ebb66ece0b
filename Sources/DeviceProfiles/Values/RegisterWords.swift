import DriverAPI

/// The words of a fixture's lists and helpers, as they stand in the registers.
public enum RegisterWords {
    /// One word of a plain list: 0 to 65535, or a negative s16.
    public static func word(_ number: Int128) throws(ValueProblem) -> UInt16 {
        guard (-32768...65535).contains(number) else { throw .outside(String(number), "-32768 to 65535") }
        return UInt16(truncatingIfNeeded: number)
    }

    /// One bit of a coil or discrete input: 0 or 1.
    public static func bit(_ number: Int128) throws(ValueProblem) -> UInt16 {
        guard (0...1).contains(number) else { throw .outside(String(number), "0 or 1") }
        return UInt16(number)
    }

    /// The words of a list such as `{f32: [230.5, 231]}`, one number after the other.
    ///
    /// `type` is any type of fixed width; floats become the nearest there is.
    public static func numbers(
        _ numbers: [Exact], _ type: RawType, order: WordOrder = .big
    ) throws(ValueProblem) -> [UInt16] {
        guard let count = type.fixedWords else { throw .notAList(type) }
        let place = ReadPlace(table: .holding, address: 0, type: type, words: count, order: order)
        var words: [UInt16] = []
        for number in numbers {
            guard let next = place.words(for: .float(number)) else { throw .doesNotFit(number.description, type) }
            words += next
        }
        return words
    }

    /// The words of a text of the types ascii, utf16 and hex, filled up to `words`; hex may leave `words` out.
    public static func text(
        _ text: String, _ type: RawType, words: Int? = nil, order: WordOrder = .big
    ) throws(ValueProblem) -> [UInt16] {
        guard type.isText else { throw .notAText(type) }
        guard let count = words ?? (type == .hex ? (text.utf8.count + 3) / 4 : nil), (1...2000).contains(count) else {
            throw .wordsMissing(type)
        }
        let place = ReadPlace(table: .holding, address: 0, type: type, words: count, order: order)
        guard let found = place.words(for: .text(text)) else { throw .textDoesNotFit(text, type, words: count) }
        return found
    }
}
