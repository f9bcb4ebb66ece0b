import DriverAPI

/// The words of one write, and what the device will show afterwards.
public struct EncodedWrite: Hashable, Sendable {
    /// The words at the write place; for coils and discrete inputs 0 or 1.
    public var words: [UInt16]
    /// What these words mean, after range, step and rounding; nil for a raw number outside the enumeration.
    public var value: Value?
    /// Which bits of each word belong to the value; nil when all do.
    ///
    /// With a mask the host reads the registers, sets ``merged(into:)`` of them, and nothing else uses the bus between.
    public var masks: [UInt16]?

    /// Makes a write.
    public init(words: [UInt16], value: Value?, masks: [UInt16]? = nil) {
        self.words = words
        self.value = value
        self.masks = masks
    }

    /// The mask of a field inside one register; nil when the whole register belongs to the value.
    public var mask: UInt16? { masks?.count == 1 ? masks?.first : nil }

    /// `words` with the foreign bits of `present`; the same count as ``words``, else `words` as they are.
    public func merged(into present: [UInt16]) -> [UInt16] {
        guard let masks, present.count == words.count else { return words }
        return words.indices.map { (present[$0] & ~masks[$0]) | (words[$0] & masks[$0]) }
    }
}
