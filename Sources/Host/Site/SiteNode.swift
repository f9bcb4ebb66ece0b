import DriverAPI
import YAML

/// Reads the keys of one mapping of a site file, collecting what is wrong.
final class SiteNode {
    let node: Node
    let path: String
    private let collector: SiteProblems
    private var used: Set<String> = []

    /// nil, with a problem reported, if `node` is no mapping.
    init?(_ node: Node, path: String, _ collector: SiteProblems) {
        self.node = node
        self.path = path
        self.collector = collector
        guard node.mapping != nil else {
            collector.add(.wrongKind, at: node.mark, "\(path) must be a mapping of keys and values, not \(node.kind)")
            return nil
        }
    }

    /// The value of `key`; an empty one counts as missing.
    func value(_ key: String) -> Node? {
        used.insert(key)
        guard let value = node[key], !value.isNull else { return nil }
        return value
    }

    func mark(_ key: String) -> Mark { node.keyNode(key)?.mark ?? node.mark }

    func problem(_ code: SiteProblem.Code, _ key: String, _ message: String) {
        collector.add(code, at: node[key]?.mark ?? node.mark, "\(path): \(message)")
    }

    func required<T>(_ key: String, _ read: (String) -> T?) -> T? {
        if value(key) == nil {
            collector.add(.missing, at: node.mark, "\(path) needs the key \"\(key)\"")
            return nil
        }
        return read(key)
    }

    func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.text else {
            problem(.wrongKind, key, "\(key) must be text, not \(value.kind)")
            return nil
        }
        return text
    }

    func member<T: CaseIterable & RawRepresentable>(_ key: String, _: T.Type) -> T? where T.RawValue == String {
        guard let text = text(key) else { return nil }
        if let member = T(rawValue: text) { return member }
        let all = T.allCases.map(\.rawValue)
        let hint = closest(to: text, among: all).map { ", did you mean \"\($0)\"?" } ?? ""
        problem(.wrongKind, key, "\(key) \"\(text)\" is none of \(all.joined(separator: ", "))\(hint)")
        return nil
    }

    func bool(_ key: String) -> Bool? {
        guard let text = text(key) else { return nil }
        if text == "true" { return true }
        if text == "false" { return false }
        problem(.wrongKind, key, "\(key) must be true or false, not \"\(text)\"")
        return nil
    }

    func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let text = text(key) else { return nil }
        if let number = Exact(text: text)?.asInt, range.contains(number) { return number }
        problem(
            .wrongKind, key,
            "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
        return nil
    }

    /// A quantity of `dimension`, in its canonical unit, at least 0.
    func quantity(_ key: String, _ dimension: Dimension) -> Exact? {
        guard let value = value(key) else { return nil }
        return quantity(value, key, dimension)
    }

    /// A time of so many seconds, such as `15 min`.
    func duration(_ key: String, _ seconds: ClosedRange<Int>) -> Duration? {
        guard let time = quantity(key, .time) else { return nil }
        guard time >= Exact(seconds.lowerBound), time <= Exact(seconds.upperBound),
            let milliseconds = time.multiplied(by: 1000)?.floor.asInt
        else {
            problem(.wrongKind, key, "\(key) must be from \(seconds.lowerBound) s to \(seconds.upperBound) s")
            return nil
        }
        return .milliseconds(milliseconds)
    }

    func quantity(_ value: Node, _ key: String, _ dimension: Dimension) -> Exact? {
        let example = Self.examples[dimension] ?? "22 kW"
        guard let text = value.text else {
            collector.add(.wrongKind, at: value.mark, "\(path): \(key) must be a quantity such as \(example)")
            return nil
        }
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Exact(text: parts[0]), number >= 0 else {
            collector.add(
                .wrongKind, at: value.mark,
                "\(path): \(key) \"\(text)\" must be a number, one blank and a unit, such as \(example)")
            return nil
        }
        guard let unit = Unit(rawValue: String(parts[1])), unit.dimension == dimension else {
            let known = Unit.allCases.filter { $0.dimension == dimension }.map(\.rawValue)
            let hint = closest(to: String(parts[1]), among: known).map { ", did you mean \"\($0)\"?" } ?? ""
            collector.add(
                .wrongKind, at: value.mark,
                "\(path): \(key) needs a unit of \(known.joined(separator: ", ")), not \"\(parts[1])\"\(hint)")
            return nil
        }
        return number.multiplied(by: unit.factor)
    }

    private static let examples: [Dimension: String] = [.current: "35 A", .time: "60 s", .energy: "20 kWh"]

    func list(_ key: String) -> [Node] {
        guard let value = value(key) else { return [] }
        guard let list = value.sequence else {
            problem(.wrongKind, key, "\(key) must be a list, not \(value.kind)")
            return []
        }
        return list
    }

    func texts(_ key: String) -> [String] {
        list(key).compactMap { item in
            if let text = item.text, !item.isNull { return text }
            collector.add(.wrongKind, at: item.mark, "\(path): \(key) must be a list of texts")
            return nil
        }
    }

    func textMapping(_ key: String) -> [String: String] {
        guard let value = value(key) else { return [:] }
        guard let mapping = value.mapping else {
            problem(.wrongKind, key, "\(key) must be a mapping of names and values, not \(value.kind)")
            return [:]
        }
        var result: [String: String] = [:]
        for (name, item) in mapping {
            guard let text = item.text else {
                collector.add(.wrongKind, at: item.mark, "\(path): \(key).\(name.text ?? "") must be a single value")
                continue
            }
            result[name.text ?? ""] = text
        }
        return result
    }

    /// Reports a key of a later version once, and takes it as known.
    func later(_ keys: [String]) {
        for key in keys where value(key) != nil {
            collector.add(
                .unsupported, .warning, at: mark(key),
                "\(path): \(key) is not available in this version and has no effect")
        }
    }

    /// Reports keys that nobody asked for.
    func finish() {
        for (key, _) in node.mapping ?? [] {
            guard let name = key.text, !used.contains(name) else { continue }
            let hint = closest(to: name, among: Array(used)).map { ", did you mean \"\($0)\"?" } ?? ""
            collector.add(.unknownKey, at: key.mark, "\(path) has no key \"\(name)\"\(hint)")
        }
    }
}

/// What was found wrong so far.
final class SiteProblems {
    private(set) var all: [SiteProblem] = []

    func add(
        _ code: SiteProblem.Code, _ severity: SiteProblem.Severity = .error, at mark: Mark?, _ message: String
    ) {
        all.append(SiteProblem(code, severity, at: mark, message))
    }
}
