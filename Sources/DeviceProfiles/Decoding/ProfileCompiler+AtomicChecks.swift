import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// A value and its scale factor are one atomic item.
    func joinScaleFactors() {
        for index in points.indices {
            guard let name = points[index].value.scaleFrom,
                let factor = indexOfPoint[name]
            else { continue }
            checkScaleFactor(factor, of: index)
            let group = points[index].atomic ?? points[factor].atomic ?? "scale_from \(name)"
            for member in [index, factor] {
                if let old = points[member].atomic, old != group {
                    for other in points.indices where points[other].atomic == old { points[other].atomic = group }
                }
                points[member].atomic = group
            }
        }
    }

    private func checkScaleFactor(_ factor: Int, of index: Int) {
        guard points[factor].place?.type.isInteger != true else { return }
        let source = sources[origins[index].source]
        report(
            .unit, at: source.node.place(of: "scale_from"),
            "\(points[factor].name) is no whole number that is read, so it is no power of ten", source.subject)
    }

    /// An atomic group fits one request (P014).
    func checkAtomicGroups() {
        var groups: [String: [Int]] = [:]
        for index in points.indices {
            guard let name = points[index].atomic, points[index].place != nil else { continue }
            groups[name, default: []].append(index)
        }
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) where members.count > 1 {
            guard let first = members.first, let table = points[first].place?.table else { continue }
            let source = sources[origins[first].source]
            let mark = (source.node[text: "atomic"] ?? source.node[text: "scale_from"])?.mark ?? source.key.mark
            if let problem = problem(withGroup: members, in: table) {
                report(
                    .split, at: mark, "the atomic group \(name) can not be read in one request: \(problem)",
                    source.subject)
            }
        }
    }

    private func problem(withGroup members: [Int], in table: RegisterTable) -> String? {
        let places = members.compactMap { points[$0].place }
        guard places.allSatisfy({ $0.table == table }) else { return "its points lie in different tables" }
        let low = places.map(\.range.lowerBound).min() ?? 0
        let high = places.map(\.range.upperBound).max() ?? 0
        if high - low > maxRead(table) { return "\(high - low) registers are more than \(maxRead(table))" }
        if let problem = problem(with: low..<high, in: table) { return problem }
        let covered = places.reduce(into: Set<Int>()) { $0.formUnion($1.range) }
        if !modbus.constraints.bridging, covered.count < high - low { return "it has a gap and `bridging` is never" }
        return nil
    }

    /// What presence, polls and read-backs refer to (P040).
    func checkReferences() {
        for index in points.indices where origins[index].lane == 0 {
            let (point, source) = (points[index], sources[origins[index].source])
            if case .when(let condition) = point.presence, let node = source.node[text: "present"] {
                for name in condition.points where !isSettled(name) {
                    report(
                        .expression, at: node.mark,
                        "`present` may only use points of poll slow or static, \(name) is not", source.subject)
                }
            }
            if case .onChange(let name) = point.poll, let node = source.node[text: "poll"] {
                checkTrigger(name, node, source.subject)
            }
            if let name = point.write?.verify?.by, let shown = compiled(name),
                shown.origin == .writeOnly
            {
                let place = source.node[text: "write"]?[text: "verify"]?.place(of: "by")
                report(.verification, at: place ?? source.key.mark, "\(name) is not read", source.subject)
            }
        }
    }

    private func checkTrigger(_ name: String, _ node: Node, _ subject: String) {
        guard let trigger = compiled(name) else {
            if sourceOfPoint[name] == nil {
                let hint = closest(to: name, among: pointNames).map { ", did you mean \"\($0)\"?" } ?? ""
                report(.expression, at: node.mark, "there is no point \"\(name.shown)\"\(hint)", subject)
            }
            return
        }
        if case .onChange = trigger.poll {
            report(.expression, at: node.mark, "\(name) is read on change itself", subject)
        } else if trigger.origin == .writeOnly {
            report(.expression, at: node.mark, "\(name) is not read", subject)
        }
    }

    /// Whether a point only changes slowly: poll slow or static, or calculated from such.
    private func isSettled(_ name: String) -> Bool {
        var open = [name]
        var seen: Set<String> = []
        while let next = open.popLast() {
            guard seen.insert(next).inserted, let point = compiled(next) else { continue }
            switch point.origin {
            case .registers: if point.poll != .slow, point.poll != .static { return false }
            case .expression(let expression): open += expression.points
            case .cases(let cases): open += cases.flatMap { $0.when?.points ?? [] }
            case .writeOnly: return false
            }
        }
        return true
    }
}
