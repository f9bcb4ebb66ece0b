/// One line of the answer of `chargehost allocate --jsonl`.
public enum AllocateLine: Hashable, Sendable {
    /// What each box gets, and why not more. `microseconds` is how long sharing took.
    case shared(id: String, current: [String: Int], why: [String: Reason], microseconds: Int)
    /// The line could not be understood.
    case failed(id: String?, error: String)
}

extension AllocateLine {
    /// Shares in `scenario`; `clock` counts microseconds from any start.
    public init(_ scenario: SingleScenario, clock: () -> Int) {
        do throws(ScenarioError) {
            let input = try scenario.input()
            let begin = clock()
            let shares = Allocator.allocate(input)
            let microseconds = clock() - begin
            var current: [String: Int] = [:]
            var why: [String: Reason] = [:]
            for (box, share) in zip(input.boxes, shares) {
                current[box.id] = share.current
                why[box.id] = share.reason
            }
            for box in scenario.boxes where box.reserved != nil { why[box.id] = .reserved }
            self = .shared(id: scenario.id, current: current, why: why, microseconds: microseconds)
        } catch {
            self = .failed(id: scenario.id, error: error.description)
        }
    }
}

extension AllocateLine: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, allocA, why, us, error
    }

    /// Reads what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let error = try container.decodeIfPresent(String.self, forKey: .error) {
            self = .failed(id: try container.decodeIfPresent(String.self, forKey: .id), error: error)
            return
        }
        self = .shared(
            id: try container.decode(String.self, forKey: .id),
            current: try container.decode([String: Thousandths].self, forKey: .allocA).mapValues(\.count),
            why: try container.decode([String: Reason].self, forKey: .why),
            microseconds: try container.decode(Int.self, forKey: .us))
    }

    /// Writes `{"id", "allocA", "why", "us"}` with amperes, or `{"id", "error"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .shared(let id, let current, let why, let microseconds):
            try container.encode(id, forKey: .id)
            try container.encode(current.mapValues { Thousandths($0) }, forKey: .allocA)
            try container.encode(why, forKey: .why)
            try container.encode(microseconds, forKey: .us)
        case .failed(let id, let error):
            try container.encode(id, forKey: .id)
            try container.encode(error, forKey: .error)
        }
    }
}
