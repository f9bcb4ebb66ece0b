/// The texts of which a property holds one. The number of a text in the binary framing is its position.
public struct Enumeration: Sendable {
    /// The enumeration's name.
    public let name: String
    /// Its texts; new ones go to the end.
    public let values: [String]
    private let positions: [String: Int]

    init(name: String, values: [String]) {
        self.name = name
        self.values = values
        positions = Dictionary(values.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The position of a text; nil if it is none of them.
    public func position(of text: String) -> Int? { positions[text] }
}
