import ReadPlanning

/// The words a device holds, by table and address on the wire; what was never set is 0.
public struct RegisterImage: Hashable, Sendable {
    private var tables: [RegisterTable: [Int: UInt16]]

    /// Makes an image holding `words`; bits are 0 and 1.
    public init(_ words: [RegisterTable: [Int: UInt16]] = [:]) { tables = words }

    /// One word.
    public subscript(table: RegisterTable, address: Int) -> UInt16 {
        get { tables[table]?[address] ?? 0 }
        set { tables[table, default: [:]][address] = newValue }
    }

    /// The words of a range.
    public subscript(table: RegisterTable, range: Range<Int>) -> [UInt16] {
        guard let words = tables[table] else { return Array(repeating: 0, count: range.count) }
        return range.map { words[$0] ?? 0 }
    }

    /// Whether a word was ever set.
    public func holds(_ table: RegisterTable, _ address: Int) -> Bool { tables[table]?[address] != nil }

    /// Whether a table holds anything.
    public func uses(_ table: RegisterTable) -> Bool { !(tables[table]?.isEmpty ?? true) }

    /// Sets words from an address on; bits outside `masks` stay.
    public mutating func set(_ words: [UInt16], in table: RegisterTable, at address: Int, masks: [UInt16]? = nil) {
        for (offset, word) in words.enumerated() {
            guard let mask = masks.flatMap({ offset < $0.count ? $0[offset] : nil }) else {
                self[table, address + offset] = word
                continue
            }
            let present = self[table, address + offset]
            self[table, address + offset] = (present & ~mask) | (word & mask)
        }
    }

    /// Sets single words.
    public mutating func merge(_ words: [RegisterTable: [Int: UInt16]]) {
        tables.merge(words) { $0.merging($1) { $1 } }
    }
}
