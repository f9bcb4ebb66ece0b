import Foundation

extension Tree {
    /// The tree as JSON in one line; an optional without a value is `null`.
    public var json: String {
        switch self {
        case .absent: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): "\(value)"
        case .large(let value): "\(value)"
        case .double(let bits): Self.json(Double(bitPattern: bits))
        case .text(let text): Self.json(text)
        case .list(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .record(let fields), .map(let fields):
            "{" + fields.map { Self.json($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }

    /// JSON has no infinity; no value of load management is one.
    private static func json(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        return "\(number)"
    }

    private static func json(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    /// Reads JSON; objects become records.
    ///
    /// Throws `DecodingError` for what is no JSON.
    public init(json: [UInt8]) throws { self = try JSONDecoder().decode(JSONTree.self, from: Data(json)).tree }
}

/// Any JSON value.
private struct JSONTree: Decodable {
    let tree: Tree

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Name.self) {
            tree = .record(
                try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { key in
                    Tree.Field(key.stringValue, try container.decode(JSONTree.self, forKey: key).tree)
                })
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [Tree] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONTree.self).tree) }
            tree = .list(elements)
        } else {
            tree = try Self.single(try decoder.singleValueContainer())
        }
    }

    private static func single(_ container: any SingleValueDecodingContainer) throws -> Tree {
        if container.decodeNil() { return .absent }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int64.self) { return .int(value) }
        if let value = try? container.decode(UInt64.self) { return .large(value) }
        if let value = try? container.decode(Double.self) { return .double(bits: value.bitPattern) }
        return .text(try container.decode(String.self))
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
