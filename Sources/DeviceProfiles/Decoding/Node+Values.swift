import DriverAPI
import YAML

/// Single values as the language writes them; nil where the node is something else, which the structure check reports.
extension Node {
    var int: Int? { integer.flatMap { Int(exactly: $0) } }
    var integer: Int128? { text.flatMap { try? ValueText.integer($0) } }
    var number: Exact? { text.flatMap { try? ValueText.number($0) } }
    var factor: Exact? { text.flatMap { try? ValueText.factor($0) } }
    var boolean: Bool? { text.flatMap { try? ValueText.boolean($0) } }
    var duration: Duration? { text.flatMap { try? ValueText.duration($0) } }
    var unit: Unit? { text.flatMap(Unit.init(rawValue:)) }
    var quantity: Quantity? { text.flatMap { try? ValueText.quantity($0) } }
    var span: ClosedRange<Int128>? { text.flatMap { try? ValueText.integers($0) } }

    /// A single value that is not empty.
    var isSingle: Bool { scalar.map { !$0.isNull } ?? false }

    /// The words of a list of single values; nil where it is something else.
    var texts: [String]? { sequence.map { $0.compactMap(\.text) } }

    /// The value of a key compared as text; quicker than the subscript that decodes keys.
    subscript(text key: String) -> Node? {
        guard case .mapping(let pairs) = content else { return nil }
        for pair in pairs where pair.key.scalar?.text == key { return pair.value }
        return nil
    }

    /// The node of a key compared as text.
    func key(_ key: String) -> Node? {
        guard case .mapping(let pairs) = content else { return nil }
        for pair in pairs where pair.key.scalar?.text == key { return pair.key }
        return nil
    }

    /// Where the value of a key stands, else the key, else the node itself.
    func place(of key: String) -> Mark { self[text: key]?.mark ?? self.key(key)?.mark ?? mark }
}
