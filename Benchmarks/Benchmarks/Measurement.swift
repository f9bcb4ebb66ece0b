/// One line of the table.
struct Measurement {
    /// What a line is held against.
    enum Bar {
        /// Ours over the baseline is at least this.
        case ratioAtLeast(Double)
        /// Ours over the baseline is at most this.
        case ratioAtMost(Double)
        /// Ours is less than this, in its own unit.
        case below(Double)
    }

    /// What was measured.
    var name: String
    /// What this project takes or makes.
    var ours: Figure
    /// What it is compared with, measured in the same run; nil where there is nothing to compare with.
    var baseline: Figure?
    /// What is expected; nil for a line that only informs.
    var bar: Bar?

    /// Ours over the baseline.
    var ratio: Double? { baseline.map { ours.value / $0.value } }

    /// Whether the bar is met; nil without one.
    var isMet: Bool? {
        switch bar {
        case nil: nil
        case .below(let limit): ours.value < limit
        case .ratioAtLeast(let least): ratio.map { $0 >= least }
        case .ratioAtMost(let most): ratio.map { $0 <= most }
        }
    }
}

extension Measurement: Encodable {
    private enum Key: String, CodingKey {
        case name, ours, unit, baseline, ratio, ok
        case ratioAtLeast = "ratio_at_least"
        case ratioAtMost = "ratio_at_most"
        case below
    }

    /// Writes one flat object; what there is not is left out.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(ours.value, forKey: .ours)
        try container.encode(ours.unit, forKey: .unit)
        try container.encodeIfPresent(baseline?.value, forKey: .baseline)
        try container.encodeIfPresent(ratio, forKey: .ratio)
        try container.encodeIfPresent(isMet, forKey: .ok)
        switch bar {
        case nil: break
        case .ratioAtLeast(let least): try container.encode(least, forKey: .ratioAtLeast)
        case .ratioAtMost(let most): try container.encode(most, forKey: .ratioAtMost)
        case .below(let limit): try container.encode(limit, forKey: .below)
        }
    }
}
