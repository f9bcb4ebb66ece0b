import DeviceProfiles
import YAML

/// A profile as text without places in the file, for comparing two.
///
/// `isOrdered` false also leaves out the order of what the file keeps in mappings.
func meaning(of profile: DeviceProfile, isOrdered: Bool) -> String {
    describe(profile, isOrdered: isOrdered)
}

private func describe(_ value: Any, isOrdered: Bool) -> String {
    if value is Mark { return "" }
    if let node = value as? Node { return describe(node) }
    let mirror = Mirror(reflecting: value)
    if mirror.children.isEmpty { return "\(value)" }
    let type = "\(Swift.type(of: value))"
    let parts = mirror.children.map { ($0.label ?? "") + "=" + describe($0.value, isOrdered: isOrdered) }
    switch mirror.displayStyle {
    case .dictionary, .set: return "{" + parts.sorted().joined(separator: ",") + "}"
    case .collection:
        let keepsOrder = isOrdered || type.contains("Step") || type.contains("Array<Int>")
        return "[" + (keepsOrder ? parts : parts.sorted()).joined(separator: ",") + "]"
    default: return type + "(" + parts.filter { !$0.hasPrefix("index=") }.joined(separator: ",") + ")"
    }
}

private func describe(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): return scalar.isNull ? "~" : scalar.text
    case .sequence(let items): return "[" + items.map(describe).joined(separator: ",") + "]"
    case .mapping(let pairs):
        return "{" + pairs.map { describe($0.key) + ":" + describe($0.value) }.sorted().joined(separator: ",") + "}"
    }
}
