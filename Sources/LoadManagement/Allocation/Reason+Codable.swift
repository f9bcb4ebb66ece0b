extension Reason: Codable {
    private enum CodingKeys: String, CodingKey {
        case limit, node, phase, cause
    }

    /// Reads `{"limit": word, "node": id, "phase": "L1", "cause": word}`; what follows the first only where it is known.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let word = try container.decode(String.self, forKey: .limit)
        let node = try container.decodeIfPresent(String.self, forKey: .node)
        let phaseName = try container.decodeIfPresent(String.self, forKey: .phase)
        let phase = Phase.allCases.first { $0.name == phaseName }
        let plain: [Reason] = [.unbalance, .max, .reserved, .phases, .mode, .licence, .trust, .fault]
        if word == "node", let node, let phase {
            self = .node(node, phase)
        } else if word == "budget" {
            self = .budget(try container.decodeIfPresent(PowerCause.self, forKey: .cause))
        } else if word == "queue" {
            self = .queue(node: node, phase: phase)
        } else if let reason = plain.first(where: { $0.word == word }) {
            self = reason
        } else {
            throw DecodingError.dataCorruptedError(
                forKey: .limit, in: container, debugDescription: "'\(word)' is no reason, or lacks its node or phase")
        }
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(word, forKey: .limit)
        switch self {
        case .node(let id, let phase):
            try container.encode(id, forKey: .node)
            try container.encode(phase.name, forKey: .phase)
        case .queue(let id, let phase):
            try container.encodeIfPresent(id, forKey: .node)
            try container.encodeIfPresent(phase?.name, forKey: .phase)
        case .budget(let cause): try container.encodeIfPresent(cause, forKey: .cause)
        default: break
        }
    }
}
