import DriverAPI
import YAML

/// Reads one entry of `limits`.
enum LimitInputReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> LimitInput? {
        let name = value["id"]?.text ?? "?"
        guard let node = SiteNode(value, path: "limit \(name)", problems) else { return nil }
        defer { node.finish() }
        let id = node.required("id", node.text)
        let kind = node.member("kind", LimitInput.Kind.self) ?? .dimming
        let input = node.required("input", node.text)
        let active = node.member("active", Active.self) ?? .high
        let power = power(node)
        let circuit = node.text("circuit") ?? "supply"
        let lost = node.member("when_lost", Lost.self) ?? .limit
        guard let id, let input, let power else { return nil }
        guard let dot = input.firstIndex(of: "."), dot != input.startIndex, input.index(after: dot) < input.endIndex
        else {
            node.problem(.wrongKind, "input", "input \"\(input)\" must be DEVICE.POINT, such as relay.input_1")
            return nil
        }
        return LimitInput(
            id: id, kind: kind, device: String(input[..<dot]), point: String(input[input.index(after: dot)...]),
            isActiveLow: active == .low, power: power, circuit: circuit, isActiveWhenLost: lost == .limit,
            mark: value.mark)
    }

    private enum Active: String, CaseIterable { case high, low }
    private enum Lost: String, CaseIterable { case limit, free }

    private static func power(_ node: SiteNode) -> LimitInput.Power? {
        switch node.value("power")?.text {
        case nil where node.value("power") == nil, "shared": .shared
        case "each": .each
        case "value": .value
        default: node.quantity("power", .power).map { .fixed($0) }
        }
    }
}
