/// Why an adapter's name leads to no line.
public enum AdapterError: Error, Hashable, Sendable {
    /// An adapter that is plugged in: what to write for it, and where it is.
    public struct Seen: Hashable, Sendable {
        /// The name to write.
        public var name: String
        /// The device file.
        public var path: String
    }

    /// None like it is plugged in; those that are.
    case missing(String, [Seen])
    /// Several are like it.
    case ambiguous(String, [Seen])
}

extension AdapterError: CustomStringConvertible {
    /// What is the matter, and what to write.
    public var description: String {
        switch self {
        case .missing(let name, let others) where others.isEmpty:
            "\(name): this adapter is not plugged in, nor is any other USB serial adapter"
        case .missing(let name, let others):
            "\(name): this adapter is not plugged in; there are \(AdapterError.list(others))"
        case .ambiguous(let name, let several):
            "\(name) names \(several.count) ports; write one of \(AdapterError.list(several))"
        }
    }

    private static func list(_ adapters: [Seen]) -> String {
        adapters.map { "\($0.name) (\($0.path))" }.joined(separator: ", ")
    }
}
