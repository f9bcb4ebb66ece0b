import DriverAPI
import YAML

/// Reads `supply` and the entries of `circuits`.
enum SiteSupplyReader {
    struct Supply {
        var circuit: SiteCircuit
        var unbalance: Exact?
    }

    static func read(_ value: Node, _ problems: SiteProblems) -> Supply? {
        guard let node = SiteNode(value, path: "supply", problems) else { return nil }
        let circuit = read(node, id: "supply", parent: nil, problems)
        let unbalance = node.quantity("unbalance", .current)
        node.finish()
        return circuit.map { Supply(circuit: $0, unbalance: unbalance) }
    }

    static func circuit(_ value: Node, _ problems: SiteProblems) -> SiteCircuit? {
        guard let node = SiteNode(value, path: "circuit", problems) else { return nil }
        guard let id = node.required("id", node.text) else { return nil }
        let parent = node.text("parent") ?? "supply"
        let circuit = read(node, id: id, parent: parent, problems)
        node.finish()
        return circuit
    }

    private static func read(
        _ node: SiteNode, id: String, parent: String?, _ problems: SiteProblems
    ) -> SiteCircuit? {
        let limit = limit(node, problems)
        let reserve = node.quantity("reserve", .current) ?? 0
        let base = phases("base", node, problems) ?? [0, 0, 0]
        let meter = node.text("meter")
        let lost = node.quantity("meter_lost", .current)
        let power = node.quantity("max_evse_power", .power)
        guard let limit else { return nil }
        if let low = limit.min(), reserve > low {
            node.problem(.circuit, "reserve", "reserve \(reserve) A is more than the limit \(low) A")
        }
        return SiteCircuit(
            id: id, parent: parent, limit: limit, reserve: reserve, base: base, meter: meter, meterLost: lost,
            maxEVSEPower: power, mark: node.node.mark)
    }

    /// `limit`, or `max_total_power` spread over three phases at 230 V, rounded down to 1 mA.
    private static func limit(_ node: SiteNode, _ problems: SiteProblems) -> [Exact]? {
        let power = node.quantity("max_total_power", .power)
        if node.value("limit") != nil {
            if power != nil {
                node.problem(.circuit, "max_total_power", "give limit or max_total_power, not both")
            }
            return phases("limit", node, problems)
        }
        guard let power else {
            problems.add(
                .missing, at: node.node.mark, "\(node.path) needs \"limit\" (such as 35 A) or \"max_total_power\"")
            return nil
        }
        let milliamperes = power.multiplied(by: 1000)?.divided(by: 690)?.floor
        return milliamperes?.divided(by: 1000).map { [$0, $0, $0] }
    }

    private static func phases(_ key: String, _ node: SiteNode, _ problems: SiteProblems) -> [Exact]? {
        guard let value = node.value(key) else { return nil }
        guard value.mapping != nil else {
            return node.quantity(value, key, .current).map { [$0, $0, $0] }
        }
        guard let inner = SiteNode(value, path: "\(node.path).\(key)", problems) else { return nil }
        let phases = ["l1", "l2", "l3"].map { name in inner.required(name) { inner.quantity($0, .current) } }
        inner.finish()
        let complete = phases.compactMap { $0 }
        return complete.count == 3 ? complete : nil
    }
}
