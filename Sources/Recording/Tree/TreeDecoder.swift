/// Puts values together from trees.
public enum TreeDecoder {
    /// The value of `type` that `tree` is.
    ///
    /// Fields that came after the tree was written are nil if they are optional; else they are as in `example`, whose first
    /// element or entry stands for all, else empty if they are lists, sets or dictionaries. `assumed` takes their names.
    ///
    /// Throws ``TreeError`` for a tree that is no such value.
    public static func value<Value: Decodable>(
        _ type: Value.Type, from tree: Tree, example: Tree = .absent, assumed: inout Set<String>
    ) throws(TreeError) -> Value {
        let notes = DecodingNotes(example)
        defer { if !notes.assumed.isEmpty { assumed.formUnion(notes.assumed) } }
        return try value(type, from: tree, notes)
    }

    static func value<Value: Decodable>(
        _ type: Value.Type, from tree: Tree, _ notes: DecodingNotes
    ) throws(TreeError) -> Value {
        do {
            return try TreeDecoding(tree, key: nil, parent: nil, notes: notes).decode(type)
        } catch let error as TreeError {
            throw error
        } catch let error as DecodingError {
            throw TreeError(error)
        } catch {
            throw .invalid(path: "", problem: "\(error)")
        }
    }

    /// The value of `type` that `tree` is.
    ///
    /// Throws ``TreeError`` for a tree that is no such value.
    public static func value<Value: Decodable>(_ type: Value.Type, from tree: Tree) throws(TreeError) -> Value {
        var assumed: Set<String> = []
        return try value(type, from: tree, assumed: &assumed)
    }
}

/// What was noticed while values were put together.
final class DecodingNotes {
    var assumed: Set<String> = []
    private let example: Tree

    init(_ example: Tree) { self.example = example }

    /// What the example has at a place.
    func example(at path: [any CodingKey]) -> Tree? {
        var tree: Tree? = example
        for key in path {
            tree =
                switch tree {
                case .list(let elements): elements.first
                case .map(let entries): entries.first?.value
                default: tree?[key.stringValue]
                }
        }
        return tree == .absent ? nil : tree
    }
}

/// Why a tree is not the value that is wanted.
public enum TreeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A field is not there.
    case missing(path: String)
    /// A field holds something of another kind.
    case mismatch(path: String, wanted: String, found: String)
    /// A field holds what its type refuses.
    case invalid(path: String, problem: String)

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context): self = .missing(path: Self.text(context.codingPath + [key]))
        case .valueNotFound(_, let context): self = .missing(path: Self.text(context.codingPath))
        case .typeMismatch(_, let context), .dataCorrupted(let context):
            self = .invalid(path: Self.text(context.codingPath), problem: context.debugDescription)
        @unknown default: self = .invalid(path: "", problem: "\(error)")
        }
    }

    /// The way to a field, as people write it: `bookings.a.told[0]`.
    static func text(_ path: [any CodingKey]) -> String {
        path.reduce(into: "") { text, key in
            if let index = key.intValue, key is TreePlace {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }

    /// The same for all elements and entries: `bookings.*.told.*`.
    static func general(_ path: [any CodingKey]) -> String {
        path.map { key in
            let isElement = key is TreePlace || "\(type(of: key))".contains("Dictionary")
            return isElement ? "*" : key.stringValue
        }.joined(separator: ".")
    }

    /// The sentence for people.
    public var description: String {
        switch self {
        case .missing(let path): "\(path) is missing"
        case .mismatch(let path, let wanted, let found): "\(path) must be \(wanted), not \(found)"
        case .invalid(let path, let problem): path.isEmpty ? problem : "\(path): \(problem)"
        }
    }
}

/// The place of an element in a list.
struct TreePlace: CodingKey {
    let index: Int

    init(_ index: Int) { self.index = index }
    init?(stringValue: String) { nil }
    init?(intValue: Int) { index = intValue }

    var intValue: Int? { index }
    var stringValue: String { "\(index)" }
}
