/// A decimal number of a text, in whole thousandths: the only place where a current meets floating point.
struct Thousandths: Hashable, Codable, Sendable {
    var count: Int

    init(_ count: Int) { self.count = count }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let thousandths = (try container.decode(Double.self) * 1000).rounded()
        // Exact below 2^53; larger numbers are no currents.
        guard thousandths.magnitude < 9e15 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the number is too large")
        }
        count = Int(thousandths)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Double(count) / 1000)
    }
}

extension KeyedDecodingContainer {
    func decodeThousandthsIfPresent(_ key: Key) throws -> Int? {
        try decodeIfPresent(Thousandths.self, forKey: key)?.count
    }

    /// Reads one number for every phase, or a list of three.
    func decodeCurrents(_ key: Key) throws -> PhaseCurrents {
        if let each = try? decode(Thousandths.self, forKey: key) { return PhaseCurrents(each: each.count) }
        let list = try decode([Thousandths].self, forKey: key)
        guard list.count == 3 else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "three numbers are needed, one per phase")
        }
        return PhaseCurrents(list[0].count, list[1].count, list[2].count)
    }
}
