import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// What an entry's value is; worked out once, on demand, since expressions ask for the types of other points.
    func shape(of index: Int) -> PointShape? {
        switch shapes[index] {
        case .known(let shape): return shape
        case .resolving, .failed: return nil
        case .open: break
        }
        // Deeper chains are reported by the search for cycles; here they only must not exhaust the stack.
        guard shapeDepth <= Self.longestChain else { return nil }
        shapes[index] = .resolving
        shapeDepth += 1
        let shape = resolveShape(sources[index])
        shapeDepth -= 1
        shapes[index] = shape.map(PointShape.State.known) ?? .failed
        return shape
    }

    private func resolveShape(_ source: PointSource) -> PointShape? {
        let node = source.node
        if let cases = node[text: "cases"] {
            let members = (cases.sequence ?? []).compactMap { $0[text: "is"]?.text }
            return PointShape(kind: .member(members.unique))
        }
        if let text = node[text: "expr"] {
            guard let (expression, type) = expression(text, in: NameScope(compiler: self), source.subject) else {
                return nil
            }
            return kind(of: type).map {
                PointShape(kind: $0, unit: writtenUnit(of: source, $0), expression: expression)
            }
        }
        let text =
            node[text: "at"] == nil ? node[text: "write"].map { PlaceText(write: $0, of: source.place) } : source.place
        guard let text, let (table, _) = address(text, lane: 0, of: source.names.count, source.subject),
            let type = type(of: text, in: table, source.subject)
        else { return nil }
        return shape(source, type, text)
    }

    /// The unit that a derived point is written in, where it says one.
    private func writtenUnit(of source: PointSource, _ kind: ValueRule.Kind) -> Unit? {
        guard let node = source.node[text: "unit"], let unit = node.unit, case .number(let canonical) = kind else {
            return nil
        }
        if unit.dimension == canonical.dimension { return unit }
        report(
            .unit, at: node.mark, "\(unit.rawValue) cannot be converted to \(canonical.rawValue)", source.subject)
        return nil
    }

    private func kind(of type: ExpressionType) -> ValueRule.Kind? {
        switch type {
        case .bool: return .bool
        case .number(let dimension): return .number(dimension.canonicalUnit)
        case .text: return .text
        case .version: return .version
        case .member(let members): return .member(members)
        case .flags(let names):
            return .flags(Dictionary(names.enumerated().map { ($0, $1) }, uniquingKeysWith: { a, _ in a }))
        case .unknown: return nil
        }
    }

    private func shape(_ source: PointSource, _ type: RawType, _ text: PlaceText) -> PointShape? {
        let node = source.node
        if let list = node[text: "enum"] { return enumeration(list, source, type) }
        if let list = node[text: "flags"] { return PointShape(kind: .flags(flags(list, type, text, source.subject))) }
        if let list = node[text: "write"]?[text: "write_as"], node[text: "at"] == nil {
            return PointShape(kind: kind(ofMembers: (list.mapping ?? []).compactMap(\.key.text), source))
        }
        if text.bit != nil || type == .bool16 || type == .bit { return PointShape(kind: .bool) }
        if type == .version || text.reading != nil { return PointShape(kind: .version) }
        if type.isText || type == .datetime { return PointShape(kind: .text) }
        if node[text: "at"] == nil, source.canonical?.meaning == .boolean { return PointShape(kind: .bool) }
        let (unit, canonical) = units(source)
        return PointShape(kind: .number(canonical), unit: unit)
    }

    /// The unit of the file and the canonical one (P020).
    func units(_ source: PointSource) -> (unit: Unit, canonical: Unit) {
        let node = source.node[text: "unit"]
        let written = node?.unit
        guard case .quantity(let allowed)? = source.canonical?.meaning, let first = allowed.first else {
            return (written ?? .one, written?.canonical ?? .one)
        }
        guard let written, let node else { return (first, first) }
        if let fitting = allowed.first(where: { $0.dimension == written.dimension }) { return (written, fitting) }
        let approximates = source.node[text: "approx"]?.boolean ?? false
        if let stand = first.approximated(by: written) {
            if !approximates {
                report(
                    .unit, at: node.mark,
                    "\(written.rawValue) is not \(first.rawValue); write `approx: true` to use it as an approximation",
                    source.subject)
            }
            return (written, stand)
        }
        report(
            .unit, at: node.mark,
            "\(written.rawValue) cannot be converted to \(allowed.map(\.rawValue).joined(separator: " or "))",
            source.subject)
        return (first, first)
    }
}

extension Unit {
    /// The unit that `other` may stand for as an approximation: VA and var for W, VAh for Wh.
    fileprivate func approximated(by other: Unit) -> Unit? {
        switch (dimension, other.dimension) {
        case (.power, .apparentPower), (.power, .reactivePower), (.energy, .apparentEnergy): self
        default: nil
        }
    }
}

extension Array where Element: Hashable {
    /// Each element once, in the order of first appearance.
    var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
