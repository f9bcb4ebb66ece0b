import YAML

/// The words after the command's name, taken apart: `--name value`, `--name=value`, `--flag`, and the rest.
struct Arguments {
    /// What a command accepts.
    struct Accepted {
        var values: Set<String> = []
        var flags: Set<String> = []
        var positionals: ClosedRange<Int> = 0...0
    }

    private(set) var values: [String: [String]] = [:]
    private(set) var flags: Set<String> = []
    private(set) var positionals: [String] = []

    /// Throws ``UsageError`` for what is not accepted.
    init(_ words: [String], _ accepted: Accepted) throws {
        var rest = words[...]
        var onlyPositionals = false
        while let word = rest.popFirst() {
            guard !onlyPositionals, word.hasPrefix("--"), word != "--" else {
                if word == "--" { onlyPositionals = true } else { positionals.append(word) }
                continue
            }
            let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if accepted.values.contains(name) {
                guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                    throw UsageError("--\(name) needs a value")
                }
                values[name, default: []].append(value)
            } else if accepted.flags.contains(name), parts.count == 1 {
                flags.insert(name)
            } else {
                let known = Array(accepted.values.union(accepted.flags))
                let hint = closest(to: name, among: known).map { ", did you mean --\($0)?" } ?? ""
                throw UsageError("--\(name) is not known here\(hint)")
            }
        }
        if positionals.count < accepted.positionals.lowerBound { throw UsageError("something is missing") }
        if positionals.count > accepted.positionals.upperBound {
            throw UsageError("\"\(positionals[accepted.positionals.upperBound])\" is one word too many")
        }
    }

    /// The last value given for `name`.
    func value(_ name: String) -> String? { values[name]?.last }

    /// The value of `name`; throws when it was not given.
    func required(_ name: String) throws -> String {
        guard let value = value(name) else { throw UsageError("--\(name) is needed") }
        return value
    }

    /// The number given for `name`; throws when it is none, or not in `range`.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "--\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
        }
        return number
    }
}

/// The call is wrong; the process ends with status 2.
struct UsageError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
