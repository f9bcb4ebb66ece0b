extension SingleScenario: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, nodes, boxes, unbalanceA, budgetW, stepA
    }

    /// Reads a scenario; what is left out has the value of the scenario file's description (step 0.1 A, no limits).
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decodeIfPresent(String.self, forKey: .id) ?? ""
        nodes = try container.decode([String: Node].self, forKey: .nodes)
        boxes = try container.decode([Box].self, forKey: .boxes)
        unbalance = try container.decodeThousandthsIfPresent(.unbalanceA)
        budget = try container.decodeThousandthsIfPresent(.budgetW)
        step = try container.decodeThousandthsIfPresent(.stepA) ?? 100
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(nodes, forKey: .nodes)
        try container.encode(boxes, forKey: .boxes)
        try container.encodeIfPresent(unbalance.map(Thousandths.init), forKey: .unbalanceA)
        try container.encodeIfPresent(budget.map(Thousandths.init), forKey: .budgetW)
        try container.encode(Thousandths(step), forKey: .stepA)
    }
}

extension SingleScenario.Node: Codable {
    private enum CodingKeys: String, CodingKey {
        case limit, parent, reserve, base
    }

    /// Reads a circuit; without `reserve` and `base` they are nothing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        limit = try container.decodeCurrents(.limit)
        parent = try container.decodeIfPresent(String.self, forKey: .parent)
        reserve = try container.decodeThousandthsIfPresent(.reserve) ?? 0
        base = container.contains(.base) ? try container.decodeCurrents(.base) : .zero
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode([limit.l1, limit.l2, limit.l3].map(Thousandths.init), forKey: .limit)
        try container.encodeIfPresent(parent, forKey: .parent)
        try container.encode(Thousandths(reserve), forKey: .reserve)
        try container.encode([base.l1, base.l2, base.l3].map(Thousandths.init), forKey: .base)
    }
}

extension SingleScenario.Box: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, node, max, min, phases, rotation, priority, reserved
    }

    /// Reads a box; without them `min` is 6 A, `phases` 3, `rotation` 123, `priority` 0.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        node = try container.decode(String.self, forKey: .node)
        maximum = try container.decode(Thousandths.self, forKey: .max).count
        minimum = try container.decodeThousandthsIfPresent(.min) ?? 6000
        phases = try container.decodeIfPresent(Int.self, forKey: .phases) ?? 3
        rotation = try container.decodeIfPresent(Rotation.self, forKey: .rotation) ?? .r123
        priority = try container.decodeIfPresent(Int.self, forKey: .priority) ?? 0
        reserved = try container.decodeThousandthsIfPresent(.reserved)
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(node, forKey: .node)
        try container.encode(Thousandths(maximum), forKey: .max)
        try container.encode(Thousandths(minimum), forKey: .min)
        try container.encode(phases, forKey: .phases)
        try container.encode(rotation, forKey: .rotation)
        try container.encode(priority, forKey: .priority)
        try container.encodeIfPresent(reserved.map(Thousandths.init), forKey: .reserved)
    }
}
