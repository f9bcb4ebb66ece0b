/// Puts values together from trees.
public enum TreeDecoder {
    /// The value of `type` that `tree` is; `assumed` takes the names of the fields that the tree lacks and that were taken
    /// as empty: lists, sets, dictionaries and optionals that came after the tree was written.
    ///
    /// Throws ``TreeError`` for a tree that is no such value.
    public static func value<Value: Decodable>(
        _ type: Value.Type, from tree: Tree, assumed: inout Set<String>
    ) throws(TreeError) -> Value {
        let notes = DecodingNotes()
        defer { assumed.formUnion(notes.assumed) }
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
