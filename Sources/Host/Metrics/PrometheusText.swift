/// The text format of Prometheus (exposition format 0.0.4).
struct PrometheusText {
    /// The kind of a family of metrics.
    enum Kind: String { case gauge, counter }

    /// One value with what tells it from the others of its family.
    typealias Sample = (labels: KeyValuePairs<String, String>, value: Double?)

    /// The media type.
    static let type = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Writes a family with those of its samples that have a value; nothing when none has.
    mutating func family(_ name: String, kind: Kind = .gauge, _ help: String, _ samples: [Sample]) {
        let known = samples.filter { $0.value != nil }
        guard !known.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in known {
            guard let value else { continue }
            text += name
            if !labels.isEmpty {
                text += "{" + labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
            }
            text += " \(Self.number(value))\n"
        }
    }

    /// A family of one value without labels.
    mutating func value(_ name: String, kind: Kind = .gauge, _ help: String, _ value: Double?) {
        family(name, kind: kind, help, [([:], value)])
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
