import DriverAPI
import YAML

/// Reads a manifest, all problems at once.
struct ManifestReader {
    private(set) var problems: [YAMLProblem] = []
    private static let keys = [
        "api", "name", "version", "program", "classes", "options", "memory", "counts_energy", "unlocks", "description",
        "check",
    ]

    /// The manifest in a text; nil when there are problems.
    mutating func read(_ bytes: [UInt8], folder: String) -> DriverManifest? {
        let (root, found) = YAMLReader.read(bytes)
        problems = found
        guard let root else { return nil }
        guard root.mapping != nil else {
            problems.append(.wrongKind(root, expected: "a mapping with name, version, api, program and classes"))
            return nil
        }
        check(root, keys: Self.keys)
        let manifest = DriverManifest(
            name: name(root), version: text(root, "version") ?? "", api: integer(root, "api", 1...1_000_000) ?? 0,
            program: program(root), classes: classes(root), options: options(root),
            memory: root["memory"] == nil ? 128 : integer(root, "memory", 16...1024) ?? 0,
            countsEnergy: bool(root, "counts_energy"), unlocks: bool(root, "unlocks"), trial: trial(root),
            folder: folder)
        return problems.isEmpty ? manifest : nil
    }

    private mutating func check(_ node: Node, keys: [String]) {
        for (key, _) in node.mapping ?? [] where !keys.contains(key.text ?? "") {
            problems.append(.unknownKey(key, allowed: keys))
        }
    }

    private mutating func needed(_ root: Node, _ key: String, _ expected: String) -> Node? {
        if let node = root[key], !node.isNull { return node }
        problems.append(YAMLProblem(code: .wrongKind, mark: root.mark, message: "\(key) is missing: \(expected)"))
        return nil
    }

    private mutating func text(_ root: Node, _ key: String) -> String? {
        guard let node = needed(root, key, "a text") else { return nil }
        if let text = node.text, text.utf8.count <= 200 { return text }
        problems.append(.wrongKind(node, expected: "a text of at most 200 bytes"))
        return nil
    }

    private mutating func integer(_ root: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node = needed(root, key, "a whole number") else { return nil }
        if let number = node.text.flatMap(Int.init), range.contains(number) { return number }
        problems.append(.wrongKind(node, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
        return nil
    }

    /// False where it is not written.
    private mutating func bool(_ root: Node, _ key: String) -> Bool {
        guard let node = root[key], !node.isNull else { return false }
        if node.text != "true", node.text != "false" {
            problems.append(.wrongKind(node, expected: "true or false"))
        }
        return node.text == "true"
    }

    private mutating func name(_ root: Node) -> String {
        guard let name = text(root, "name") else { return "" }
        let isFit =
            (1...40).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
        if !isFit, let node = root["name"] {
            problems.append(.wrongKind(node, expected: "1 to 40 letters a-z, digits and hyphens"))
        }
        return name
    }

    private mutating func program(_ root: Node) -> [String] {
        guard let node = needed(root, "program", "the program with its arguments") else { return [] }
        if let text = node.text { return [text] }
        let words = node.sequence?.compactMap(\.text) ?? []
        if words.isEmpty || words.count != node.sequence?.count || words[0].isEmpty {
            problems.append(.wrongKind(node, expected: "a program, or a list of the program and its arguments"))
        }
        return words
    }

    private mutating func classes(_ root: Node) -> Set<DeviceClass> {
        let known = DeviceClass.allCases.map(\.rawValue).joined(separator: ", ")
        guard let node = needed(root, "classes", "a list of \(known)") else { return [] }
        var classes: Set<DeviceClass> = []
        for item in node.sequence ?? [node] {
            if let one = item.text.flatMap(DeviceClass.init) {
                classes.insert(one)
            } else {
                problems.append(.wrongKind(item, expected: "one of \(known)"))
            }
        }
        return classes
    }

    private mutating func options(_ root: Node) -> [String: DriverOption] {
        guard let node = root["options"], !node.isNull else { return [:] }
        guard let pairs = node.mapping else {
            problems.append(.wrongKind(node, expected: "options by name"))
            return [:]
        }
        var options: [String: DriverOption] = [:]
        for (key, value) in pairs { options[key.text ?? ""] = option(value) }
        return options
    }

    private mutating func trial(_ root: Node) -> DriverTrial? {
        guard let node = root["check"], !node.isNull else { return nil }
        guard node.mapping != nil else {
            problems.append(.wrongKind(node, expected: "{peer: …, address: …, options: {…}, profile: …}"))
            return nil
        }
        check(node, keys: ["peer", "address", "options", "profile"])
        var options: [String: String] = [:]
        for (key, value) in node["options"]?.mapping ?? [] {
            if let name = key.text, let text = value.text {
                options[name] = text
            } else {
                problems.append(.wrongKind(value, expected: "a text"))
            }
        }
        let peer = node["peer"].map { peer in peer.text.map { [$0] } ?? peer.sequence?.compactMap(\.text) ?? [] } ?? []
        return DriverTrial(
            peer: peer, address: text(node, "address") ?? "", options: options, profile: node["profile"]?.text ?? "")
    }

    private mutating func option(_ node: Node) -> DriverOption {
        var option = DriverOption(type: .text)
        guard node.mapping != nil else {
            problems.append(.wrongKind(node, expected: "{type: …, required: …, default: …, description: …}"))
            return option
        }
        check(node, keys: ["type", "required", "default", "description"])
        if let type = node["type"] {
            if let kind = type.text.flatMap(DriverOption.Kind.init) {
                option.type = kind
            } else {
                problems.append(.wrongKind(type, expected: "one of text, number, integer, bool"))
            }
        }
        if let required = node["required"] {
            if required.text != "true", required.text != "false" {
                problems.append(.wrongKind(required, expected: "true or false"))
            }
            option.isRequired = required.text == "true"
        }
        option.description = node["description"]?.text ?? ""
        if let standard = node["default"] {
            option.standard = standard.text
            if standard.text.map({ option.type.refusal(of: $0) != nil }) ?? true {
                problems.append(.wrongKind(standard, expected: "a default of the type \(option.type.rawValue)"))
            }
        }
        return option
    }
}
