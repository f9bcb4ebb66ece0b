import ReadPlanning

/// Where a point's words are, and how they are read.
public struct ReadPlace: Hashable, Sendable {
    /// One byte of a register.
    public enum Byte: String, Hashable, Sendable { case hi, lo }
    /// How a version is taken apart.
    public enum VersionSplit: Hashable, Sendable {
        /// Bit widths from the top; `bcd`: each part is binary coded decimal.
        case bits([Int], bcd: Bool)
        /// Decimal digits from the top.
        case digits([Int])
        /// Text with dots.
        case text
    }

    /// The table.
    public var table: RegisterTable
    /// The first address on the wire.
    public var address: Int
    /// The type.
    public var type: RawType
    /// Number of registers; 1 for coils and discrete inputs.
    public var words: Int
    /// The order of bytes and words.
    public var order: WordOrder
    /// One bit of the decoded integer, or a field of bits; both ends included.
    public var bits: ClosedRange<Int>?
    /// Whether the field is one bit, and the value so a boolean.
    public var isSingleBit: Bool
    /// One byte of the register.
    public var byte: Byte?
    /// How a version is taken apart.
    public var split: VersionSplit?

    /// Makes a place.
    public init(
        table: RegisterTable, address: Int, type: RawType = .u16, words: Int = 1, order: WordOrder = .big,
        bits: ClosedRange<Int>? = nil, isSingleBit: Bool = false, byte: Byte? = nil, split: VersionSplit? = nil
    ) {
        self.table = table
        self.address = address
        self.type = type
        self.words = words
        self.order = order
        self.bits = bits
        self.isSingleBit = isSingleBit
        self.byte = byte
        self.split = split
    }

    /// The addresses it covers.
    public var range: Range<Int> { address..<address + words }
}
