import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// What the points ask of the wire, and of each other.
    func checkPoints() {
        for index in points.indices { checkPlace(index) }
        checkOverlaps()
        checkLanes()
        checkAtomicGroups()
        checkReferences()
        checkCycles()
    }

    /// Where the address of a compiled point stands in the file.
    func placeOfAddress(_ index: Int) -> Mark {
        let (source, lane) = origins[index]
        guard let at = sources[source].node[text: "at"] else { return sources[source].key.mark }
        if let list = at.sequence, list.indices.contains(lane) { return list[lane].mark }
        return at.mark
    }

    private func checkPlace(_ index: Int) {
        guard let place = points[index].place else { return }
        let subject = "point \(points[index].name)"
        if let problem = problem(with: place.range, in: place.table) {
            report(.place, at: placeOfAddress(index), problem, subject)
        }
        let most = maxRead(place.table)
        guard place.words > most else { return }
        if modbus.wholePoints {
            let hint = place.type.isText ? "; `whole_points: false` allows it for text" : ""
            report(
                .place, at: placeOfAddress(index),
                "\(place.words) registers are more than one request may read (\(most))\(hint)", subject)
        } else if !place.type.isText {
            report(
                .split, at: placeOfAddress(index), "type \(place.type.rawValue) would be cut: \(place.words) > \(most)",
                subject)
        }
    }

    /// Why addresses can not be read together (P011); nil if they can.
    func problem(with range: Range<Int>, in table: RegisterTable) -> String? {
        func span(_ span: ClosedRange<Int>) -> String {
            let (first, last) = (span.lowerBound, span.upperBound)
            return "\(modbus.printed(first, table: table))..\(modbus.printed(last, table: table))"
        }
        guard let last = range.last else { return nil }
        let asked = range.lowerBound...last
        let what = asked.count == 1 ? "\(modbus.printed(range.lowerBound, table: table))" : span(asked)
        if let islands = modbus.constraints.readable[table] {
            guard let island = islands.first(where: { $0.overlaps(asked) }) else {
                return "\(table.rawValue) \(what) is outside the readable islands"
            }
            if island.clamped(to: asked) != asked {
                return "\(table.rawValue) \(what) crosses the border of the readable island \(span(island))"
            }
        }
        if let taboo = modbus.constraints.forbidden[table]?.first(where: { $0.overlaps(asked) }) {
            return "\(table.rawValue) \(what) touches the forbidden range \(span(taboo))"
        }
        if let whole = modbus.constraints.whole[table]?.first(where: { $0.overlaps(asked) }),
            whole.clamped(to: asked) != asked
        {
            return "\(table.rawValue) \(what) crosses the border of \(span(whole)), which answers only as a whole"
        }
        return nil
    }

    /// Points on the same words have the same type, unless one is a view of the other (P012).
    private func checkOverlaps() {
        let order = points.indices.filter { points[$0].place != nil }.sorted { a, b in
            guard let x = points[a].place, let y = points[b].place else { return false }
            return (x.table.standardReadFunction, x.address, a) < (y.table.standardReadFunction, y.address, b)
        }
        for (position, index) in order.enumerated() {
            guard let place = points[index].place else { continue }
            for other in order[(position + 1)...] {
                guard let next = points[other].place, next.table == place.table, next.address < place.range.upperBound
                else { break }
                if origins[index].source != origins[other].source { checkOverlap(min(index, other), max(index, other)) }
            }
        }
        for index in points.indices { checkView(index) }
    }

    private func checkOverlap(_ first: Int, _ second: Int) {
        guard let a = points[first].place, let b = points[second].place else { return }
        if a.bits != nil || b.bits != nil || a.byte != nil && b.byte != nil { return }
        if a.range == b.range, a.type == b.type, a.order == b.order { return }
        if isView(first, of: second) || isView(second, of: first) { return }
        report(
            .overlap, at: placeOfAddress(second),
            "it reads registers of \(points[first].name) as \(b.type.rawValue), not \(a.type.rawValue): `view_of` allows that",
            "point \(points[second].name)")
    }

    private func isView(_ index: Int, of other: Int) -> Bool {
        guard let name = points[index].viewOf else { return false }
        return name == points[other].name || name == sources[origins[other].source].key.text
    }

    private func checkView(_ index: Int) {
        guard let name = points[index].viewOf, origins[index].lane == 0,
            let node = sources[origins[index].source].node[text: "view_of"]
        else { return }
        let subject = "point \(points[index].name)"
        if sources.contains(where: { $0.key.text == name }) { return }
        if pointName(node, subject) == nil { points[index].viewOf = nil }
    }

    /// Lanes of one entry must not share registers (P013).
    private func checkLanes() {
        let bySource = Dictionary(grouping: points.indices, by: { origins[$0].source })
        for (index, source) in sources.enumerated() where source.names.count > 1 {
            let places = (bySource[index] ?? []).compactMap { points[$0].place?.range }
                .sorted { $0.lowerBound < $1.lowerBound }
            guard zip(places, places.dropFirst()).contains(where: { $0.overlaps($1) }) else { continue }
            let place = source.node[text: "stride"] ?? source.node[text: "at"]
            let isField = source.node[text: "bit"] != nil || source.node[text: "bits"] != nil
            if isField { continue }
            report(.lanes, at: place?.mark ?? source.key.mark, "the lanes overlap", source.subject)
        }
    }
}
