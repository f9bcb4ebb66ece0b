import DriverAPI
import YAML

extension ProfileCompiler {
    /// No point depends on itself (P040).
    func checkCycles() {
        var edges: [String: [String]] = [:]
        for point in points {
            let inputs = inputs(of: point)
            if !inputs.isEmpty { edges[point.name] = inputs }
        }
        // Expressions that failed because they lead back to themselves never became points.
        for (index, source) in sources.enumerated() {
            guard case .failed = shapes[index], let text = source.node[text: "expr"]?.text else { continue }
            let words = Set(text.split { !($0.isLetter || $0.isNumber || "_.-".contains($0)) }.map(String.init))
            for name in source.names { edges[name] = pointNames.filter(words.contains) }
        }
        var done: Set<String> = []
        for name in pointNames { visit(name, edges, path: [], &done) }
    }

    /// So many points may be calculated one from the other.
    static let longestChain = 32

    private func reportChain(_ path: [String]) {
        guard let name = path.first, let place = sourceOfPoint[name] else { return }
        let source = sources[place.source]
        report(
            .expression, at: source.node.place(of: "expr"),
            "more than \(Self.longestChain) points are calculated one from the other", source.subject)
    }

    private func inputs(of point: PointDefinition) -> [String] {
        var inputs: [String] = []
        switch point.origin {
        case .expression(let expression): inputs += expression.points
        case .cases(let cases): inputs += cases.flatMap { $0.when?.points ?? [] }
        case .registers, .writeOnly: break
        }
        if case .when(let condition) = point.presence { inputs += condition.points }
        if let condition = point.value.absentWhen { inputs += condition.points }
        if let name = point.value.scaleFrom { inputs.append(name) }
        return inputs
    }

    private func visit(_ name: String, _ edges: [String: [String]], path: [String], _ done: inout Set<String>) {
        if let start = path.firstIndex(of: name) {
            let cycle = path[start...] + [name]
            guard let place = sourceOfPoint[cycle[start]] else { return }
            let source = sources[place.source]
            let key = ["expr", "cases", "present", "absent_when", "scale_from"].first { source.node[text: $0] != nil }
            report(
                .expression, at: source.node.place(of: key ?? "expr"),
                "the point depends on itself: \(cycle.joined(separator: " ← "))", source.subject)
            return
        }
        guard !done.contains(name) else { return }
        guard path.count < Self.longestChain else {
            reportChain(path)
            return
        }
        for next in edges[name] ?? [] { visit(next, edges, path: path + [name], &done) }
        done.insert(name)
    }
}
