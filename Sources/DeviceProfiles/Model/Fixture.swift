import ReadPlanning

/// A sparse image of a device's registers, addresses on the wire.
public struct Fixture: Hashable, Sendable {
    /// Where it comes from.
    public enum Origin: Hashable, Sendable {
        case synthetic
        case recorded(serialHash: String, firmware: String, date: String, tool: String)
    }
    /// Where it comes from.
    public var origin: Origin
    /// The fixture it builds on, already applied to ``words``.
    public var extends: String?
    /// Options it needs, as written.
    public var options: [String: String]
    /// Words (bits as 0 and 1) per table and address.
    public var words: [RegisterTable: [Int: UInt16]]
    /// Exception codes per table and address.
    public var exceptions: [RegisterTable: [Int: UInt8]]
    /// Whether it answers nothing.
    public var silent: Bool

    /// Makes a fixture.
    public init(
        origin: Origin = .synthetic, extends: String? = nil, options: [String: String] = [:],
        words: [RegisterTable: [Int: UInt16]] = [:], exceptions: [RegisterTable: [Int: UInt8]] = [:],
        silent: Bool = false
    ) {
        self.origin = origin
        self.extends = extends
        self.options = options
        self.words = words
        self.exceptions = exceptions
        self.silent = silent
    }
}
