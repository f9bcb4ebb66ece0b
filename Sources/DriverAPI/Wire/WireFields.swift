/// The members of an object of a message, each asked for by name and kind; `path` says where it stands.
///
/// Members nobody asks for are ignored, so that a newer side may say more.
package struct WireFields {
    private let members: [String: JSON]
    private let path: String

    /// The members of `json`. Throws when it is no object.
    package init(_ json: JSON, at path: String) throws(WireFault) {
        guard case .object(let members) = json else {
            throw .wrong(path, expected: "an object", found: json.kind)
        }
        self.members = members
        self.path = path
    }

    /// The value of a member; nil where it is missing or null.
    package subscript(name: String) -> JSON? { members[name].flatMap { $0 == .null ? nil : $0 } }

    /// Where a member stands.
    package func place(_ name: String) -> String { "\(path).\(name)" }

    /// The value of a member that must be there.
    package func needed(_ name: String, _ expected: String) throws(WireFault) -> JSON {
        guard let value = self[name] else { throw .missing(place(name), expected: expected) }
        return value
    }

    /// A text; nil where there is none.
    package func text(_ name: String) throws(WireFault) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw .wrong(place(name), expected: "a text", found: value.kind) }
        return text
    }

    /// A text that must be there.
    package func neededText(_ name: String) throws(WireFault) -> String {
        _ = try needed(name, "a text")
        return try text(name) ?? ""
    }

    /// A number; nil where there is none.
    package func number(_ name: String) throws(WireFault) -> Exact? {
        guard let value = self[name] else { return nil }
        guard let number = value.number else { throw .wrong(place(name), expected: "a number", found: value.kind) }
        return number
    }

    /// A number that must be there.
    package func neededNumber(_ name: String) throws(WireFault) -> Exact {
        _ = try needed(name, "a number")
        return try number(name) ?? 0
    }

    /// A boolean; nil where there is none.
    package func bool(_ name: String) throws(WireFault) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let bool = value.bool else { throw .wrong(place(name), expected: "true or false", found: value.kind) }
        return bool
    }

    /// A list; nil where there is none.
    package func list(_ name: String) throws(WireFault) -> [JSON]? {
        guard let value = self[name] else { return nil }
        guard let list = value.array else { throw .wrong(place(name), expected: "a list", found: value.kind) }
        return list
    }

    /// A list of texts; nil where there is none.
    package func texts(_ name: String) throws(WireFault) -> [String]? {
        guard let list = try list(name) else { return nil }
        var texts: [String] = []
        for (index, item) in list.enumerated() {
            guard let text = item.string else {
                throw .wrong("\(place(name))[\(index)]", expected: "a text", found: item.kind)
            }
            texts.append(text)
        }
        return texts
    }

    /// An object; nil where there is none.
    package func fields(_ name: String) throws(WireFault) -> WireFields? {
        guard let value = self[name] else { return nil }
        return try WireFields(value, at: place(name))
    }

    /// Texts by name; numbers and booleans are taken as they are written. Empty where there are none.
    package func words(_ name: String) throws(WireFault) -> [String: String] {
        guard let value = self[name] else { return [:] }
        guard case .object(let members) = value else {
            throw .wrong(place(name), expected: "an object", found: value.kind)
        }
        var words: [String: String] = [:]
        for (key, value) in members {
            switch value {
            case .string(let text): words[key] = text
            case .number, .bool: words[key] = value.description
            case .null: continue
            case .array, .object: throw .wrong("\(place(name)).\(key)", expected: "a text", found: value.kind)
            }
        }
        return words
    }

    /// A duration of 0 to ten years, in seconds; nil where there is none.
    package func seconds(_ name: String) throws(WireFault) -> Duration? {
        guard let number = try number(name) else { return nil }
        guard let duration = Duration(seconds: number) else {
            throw .wrong(place(name), expected: "0 to 315360000 seconds", found: "\(number)")
        }
        return duration
    }

    /// One of the words of `type`; nil where there is none.
    package func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: Word.Type
    ) throws(WireFault) -> Word? {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .unknownWord(place(name), found: text, known: Word.allCases.map(\.rawValue))
        }
        return word
    }
}

extension Duration {
    /// A duration of 0 to ten years, whole nanoseconds; nil outside.
    package init?(seconds: Exact) {
        guard seconds >= 0, seconds <= 315_360_000, let billions = seconds.multiplied(by: 1_000_000_000) else {
            return nil
        }
        self = .nanoseconds(Int64(billions.floor.numerator))
    }

    /// The duration in seconds, exact to the nanosecond.
    package var exactSeconds: Exact { Exact(Int128(wholeNanoseconds), over: 1_000_000_000) ?? 0 }
}
